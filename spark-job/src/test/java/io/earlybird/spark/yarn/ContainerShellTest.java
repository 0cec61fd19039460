package io.earlybird.spark.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shells as YARN starts them, with a shell in the place of the JVM. */
class ContainerShellTest {
  private static final int EXIT_CODE = 3;
  private static final int KILLED_BY_SIGTERM = 128 + 15;

  @TempDir private Path container;

  @BeforeEach
  void unpack() throws IOException {
    Path file = container.resolve(ContainerShell.path());
    Files.createDirectories(file.getParent());
    Files.write(file, ContainerShell.content());
    Files.writeString(
        container.resolve("driver.sh"),
        """
        trap 'echo saving' TERM
        echo ready
        while [ ! -e saved ]; do sleep 0.05; done
        echo "${BASH_ENV-none}"
        exit %d
        """
            .formatted(EXIT_CODE));
  }

  @Test
  void waitsForTheDriverThatSigtermAsksToStop() throws Exception {
    Process shell = start(ContainerShell.path());
    askToStop(shell);
    assertThat(shell.isAlive()).isTrue();
    Files.createFile(container.resolve("saved"));
    assertThat(exitCode(shell)).isEqualTo(EXIT_CODE);
    assertThat(output()).endsWith("none\n");
  }

  @Test
  void diesAndLeavesTheDriverAloneWithoutTheFile() throws Exception {
    Process shell = start("nowhere/" + ContainerShell.FILE);
    askToStop(shell);
    assertThat(exitCode(shell)).isEqualTo(KILLED_BY_SIGTERM);
    Files.createFile(container.resolve("saved"));
    YarnCluster.await(() -> output().endsWith("nowhere/" + ContainerShell.FILE + "\n"));
  }

  private Process start(String file) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("setsid", "/bin/bash", "-c", "/bin/bash driver.sh 1> stdout 2> stderr")
            .directory(container.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD);
    builder.environment().put(ContainerShell.VARIABLE, file);
    Process shell = builder.start();
    YarnCluster.await(() -> output().contains("ready"));
    return shell;
  }

  /** As a node manager does it; returns when the driver has heard it. */
  private void askToStop(Process shell) throws Exception {
    List<String> kill = List.of("kill", "-TERM", "--", "-" + shell.pid());
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
    YarnCluster.await(() -> output().contains("saving"));
  }

  private static int exitCode(Process shell) throws InterruptedException {
    assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return shell.exitValue();
  }

  private String output() {
    try {
      return Files.readString(container.resolve("stdout"));
    } catch (IOException e) {
      return "";
    }
  }
}
