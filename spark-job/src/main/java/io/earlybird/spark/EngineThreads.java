package io.earlybird.spark;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;

/**
 * Tells the launcher how many threads the engine of a settings file uses. OpenMP reads that number
 * from the environment, once, so that it must be known before the JVM of the run starts.
 */
final class EngineThreads {
  private static final String KEY = "earlybird.engine.threads";

  private EngineThreads() {}

  /**
   * Prints the number of threads.
   *
   * @param arguments the settings file
   */
  public static void main(String[] arguments) {
    System.out.println(of(Path.of(arguments[0])));
  }

  /**
   * 1 where the file says nothing or cannot be read: the run itself reports what is wrong in it.
   */
  static int of(Path settings) {
    try {
      Config config = ConfigFactory.parseFile(settings.toFile()).resolve();
      return config.hasPath(KEY) ? config.getInt(KEY) : 1;
    } catch (ConfigException unreadable) {
      return 1;
    }
  }
}
