package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code submit/local-cluster} and {@code submit/earlybird} as a user has them, in a copy of the
 * project whose build is the class path of this test.
 */
class StandaloneTest {
  private static final Path PROJECT = Path.of("..");
  private static final int MINUTES = 5;

  /** Of the preset: a page of settings that lacks it was asked for too early. */
  private static final String KNOWN_SETTING = "spark.network.crypto.enabled";

  @TempDir private Path temporary;
  private Path project;
  private final TreeSet<String> seen = new TreeSet<>();

  @BeforeEach
  void copyTheProject() throws IOException {
    project = Files.createDirectories(temporary.resolve("project"));
    for (String folder : List.of("submit", "conf/spark")) {
      Path target = Files.createDirectories(project.resolve(folder));
      try (Stream<Path> files = Files.list(PROJECT.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, target.resolve(file.getFileName()));
        }
      }
    }
    for (String folder : List.of(".mvn", "job/src/main", "spark-job/target")) {
      Files.createDirectories(project.resolve(folder));
    }
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.writeString(project.resolve("job/pom.xml"), "<project/>");
    Path mvn = Files.createDirectories(temporary.resolve("tools")).resolve("mvn");
    Files.writeString(mvn, "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    jarsOfThisTest();
  }

  @AfterEach
  void stop() throws Exception {
    run("submit/local-cluster", "stop");
  }

  @Test
  void trainsOnWorkersToTheBitsOfALocalRunAndShowsTheSecretToNobody() throws Exception {
    TinyRun local = new TinyRun(temporary.resolve("local"));
    local.train(LocalSpark.context(), () -> false);

    Outcome started = run("submit/local-cluster", "start", "--workers", "2", "--cores", "1");
    assertThat(started.exit()).as(started.output()).isZero();
    assertThat(run("submit/local-cluster", "start").output())
        .contains("It already runs at spark://");
    Path state = project.resolve(".local-cluster");
    String url = Files.readString(state.resolve("url")).strip();
    String secret = Files.readString(state.resolve("secret"));
    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("secret"))))
        .isEqualTo("rw-------");
    assertThat(run("submit/local-cluster", "status").output())
        .contains("master     runs", "worker-1   runs", "worker-2   runs", url);

    Path directory = temporary.resolve("standalone");
    TinyRun run = new TinyRun(directory);
    Path log = temporary.resolve("driver.log");
    String page = train(run, url, log, secret);

    assertThat(run.parametersSha256()).isEqualTo(local.parametersSha256());
    assertThat(page).contains(KNOWN_SETTING).doesNotContain(secret);
    assertThat(seen)
        .anyMatch(line -> line.contains("deploy.master.Master"))
        .anyMatch(line -> line.contains("deploy.SparkSubmit"))
        .anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"))
        .noneMatch(line -> line.contains(secret));
    assertThat(
            filesWith(secret, directory, state.resolve("logs"), state.resolve("applications"), log))
        .isEmpty();

    assertThat(run("submit/local-cluster", "stop").exit()).isZero();
    assertThat(state).doesNotExist();
    assertThat(commandLines()).noneMatch(line -> line.contains(project.toString()));
  }

  /** Trains; returns what the page of Spark's settings said in the meantime. */
  private String train(TinyRun run, String url, Path log, String secret) throws Exception {
    int port = freePort();
    List<String> line = new ArrayList<>(List.of("submit/earlybird", "train"));
    line.addAll(List.of("--cluster", "standalone", "--master", url));
    line.addAll(List.of("--spark", "spark.ui.port=" + port));
    run.overrides().forEach(setting -> line.addAll(List.of("--set", setting)));
    Process driver = start(log, line);
    String page = "";
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (driver.isAlive() && System.nanoTime() < end) {
      commandLines().stream()
          .filter(words -> words.contains(project.toString()) || words.contains(secret))
          .forEach(seen::add);
      page = page.contains(KNOWN_SETTING) ? page : environmentPage(port);
      driver.waitFor(300, TimeUnit.MILLISECONDS);
    }
    driver.destroy();
    assertThat(driver.waitFor()).as(Files.readString(log)).isZero();
    return page;
  }

  private static String environmentPage(int port) {
    URI page = URI.create("http://127.0.0.1:" + port + "/environment/");
    try (InputStream in = page.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException notYet) {
      return "";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static List<String> commandLines() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .map(process -> readOrNothing(process.resolve("cmdline")))
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  private static String readOrNothing(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private static List<Path> filesWith(String text, Path... places) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path place : places) {
      try (Stream<Path> files = Files.walk(place)) {
        List<Path> all = files.filter(Files::isRegularFile).toList();
        assertThat(all).isNotEmpty();
        all.stream().filter(file -> readOrNothing(file).contains(text)).forEach(found::add);
      }
    }
    return found;
  }

  private record Outcome(int exit, String output) {}

  private Outcome run(String... line) throws Exception {
    Path log = Files.createTempFile(temporary, "said", ".log");
    int exit = start(log, List.of(line)).waitFor();
    return new Outcome(exit, Files.readString(log));
  }

  private Process start(Path log, List<String> line) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().remove("EARLYBIRD_LOCAL_CLUSTER");
    builder.environment().put("PATH", temporary.resolve("tools") + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /** What Maven would have written: the jars of the class path, and those of its directories. */
  private void jarsOfThisTest() throws IOException {
    Path target = project.resolve("spark-job/target");
    Files.writeString(target.resolve("application-classpath"), "");
    List<String> jars = new ArrayList<>();
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isRegularFile(path)) {
        jars.add(entry);
      } else if (path.endsWith("target/classes")) {
        boolean job = path.toRealPath().startsWith(PROJECT.toRealPath().resolve("spark-job"));
        Path jar =
            target.resolve(job ? "earlybird-spark-job-1.jar" : "module-" + number++ + ".jar");
        pack(path, jar);
        if (!job) {
          jars.add(jar.toString());
        }
      }
    }
    Files.writeString(target.resolve("runtime-classpath"), String.join(":", jars));
  }

  private static void pack(Path classes, Path jar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes);
        Stream<Path> files = Files.walk(classes)) {
      out.setLevel(0);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    Files.write(jar, bytes.toByteArray());
  }
}
