package io.earlybird.spark.yarn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The shell that waits for the JVM of a container.
 *
 * <p>YARN starts {@code bash -c "java ... 1> stdout 2> stderr"}; because of the redirections the
 * shell stays. A node manager sends SIGTERM to the whole group of processes: the shell dies of it
 * at once, which is the end of the container to the node manager, so that the JVM gets a second
 * SIGTERM, SIGKILL after {@code yarn.nodemanager.sleep-delay-before-sigkill.ms}, and its files are
 * deleted, while it finishes its round. The file of this class, which the job archive holds and
 * {@code BASH_ENV} names, lets the shell outlive SIGTERM.
 */
public final class ContainerShell {
  /** The variable that names what a shell reads before its command; what is not there is not. */
  public static final String VARIABLE = "BASH_ENV";

  static final String FILE = "container-shell.sh";

  /** Where Spark unpacks the job archive, as seen from the directory that a container starts in. */
  private static final String UNPACKED = "__spark_libs__/";

  private ContainerShell() {}

  /** Value of the variable in a container. */
  public static String path() {
    return UNPACKED + FILE;
  }

  static byte[] content() {
    try (InputStream in = ContainerShell.class.getResourceAsStream(FILE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
