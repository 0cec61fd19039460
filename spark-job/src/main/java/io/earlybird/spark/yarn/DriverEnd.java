package io.earlybird.spark.yarn;

import org.apache.spark.SparkUserAppException;

/**
 * How a driver ends.
 *
 * <p>In YARN's cluster mode the application master runs the driver and takes {@code System.exit},
 * whatever its code, for an early death: it starts the driver again. There the end of {@code main}
 * is success, and Spark's own exception carries another code.
 */
public final class DriverEnd {
  private DriverEnd() {}

  /**
   * Ends the process with an exit code, or lets the application master do so.
   *
   * @throws SparkUserAppException in the application master, if the code is not 0
   */
  public static void with(int code) throws SparkUserAppException {
    if (!inApplicationMaster()) {
      System.exit(code);
    }
    if (code != 0) {
      throw new SparkUserAppException(code);
    }
  }

  private static boolean inApplicationMaster() {
    return System.getProperty("spark.yarn.app.id") != null
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }
}
