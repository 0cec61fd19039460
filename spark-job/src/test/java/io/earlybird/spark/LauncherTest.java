package io.earlybird.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code submit/earlybird} in a project whose Java, Maven and Spark only say what they get.
 */
class LauncherTest {
  private static final Path SUBMIT = Path.of("..", "submit");

  @TempDir private Path directory;
  private Path root;
  private Path tools;
  private final Map<String, String> environment = new TreeMap<>();

  private record Outcome(long pid, int exit, String output) {}

  @BeforeEach
  void makeAProject() throws IOException {
    root = Files.createDirectories(directory.resolve("a project"));
    tools = Files.createDirectories(directory.resolve("tools"));
    Files.createDirectories(root.resolve("submit"));
    for (String name : List.of("earlybird", "jvm.options")) {
      Files.copy(SUBMIT.resolve(name), root.resolve("submit").resolve(name));
    }
    Files.createDirectories(root.resolve(".mvn"));
    Files.createDirectories(root.resolve("model/src/main/java"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.writeString(root.resolve("model/pom.xml"), "<project/>");
    Files.writeString(root.resolve("model/src/main/java/A.java"), "class A {}");
    javaOfVersion("17.0.15");
    script(
        tools.resolve("mvn"),
        """
        echo "mvn $*" >> "$PWD/builds"
        mkdir -p spark-job/target
        cd spark-job/target
        touch earlybird-spark-job-1.jar spark-core_2.12-3.5.5.jar nd4j-1.jar config-1.jar
        printf '%s' "$PWD/spark-core_2.12-3.5.5.jar:$PWD/nd4j-1.jar:$PWD/config-1.jar" > runtime-classpath
        printf '%s' "$PWD/nd4j-1.jar:$PWD/config-1.jar" > application-classpath
        """);
    environment.put("PATH", tools + ":" + System.getenv("PATH"));
    environment.put("JAVA_HOME", directory.resolve("jdk").toString());
  }

  @Test
  void buildsOnceAndStartsJavaInItsOwnProcess() throws Exception {
    Outcome first = launch("doctor", "--verbose");
    Outcome second = launch("doctor");

    assertThat(first.exit()).isZero();
    assertThat(first.output())
        .contains("earlybird: building")
        .contains("java[" + first.pid() + "]")
        .contains("/jars/* io.earlybird.spark.Main doctor --verbose");
    assertThat(second.output()).doesNotContain("building").contains("Main doctor");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    launch("doctor");
    touch(root.resolve("model/src/main/java/A.java"));
    launch("doctor");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void buildsAgainWhenASourceIsGone() throws Exception {
    launch("doctor");
    Files.delete(root.resolve("model/src/main/java/A.java"));
    touch(root.resolve("model/src/main/java"));
    launch("doctor");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void buildsAgainForOtherOptions() throws Exception {
    launch("doctor");
    environment.put("EARLYBIRD_MAVEN_OPTIONS", "-Pcuda-dl4j");
    launch("doctor");

    assertThat(Files.readString(root.resolve("builds"))).contains("-Pcuda-dl4j");
  }

  @Test
  void setsWhatNativeLibrariesReadBeforeTheJvmStarts() throws Exception {
    Outcome outcome = launch("train", "--set", "engine.threads=3");

    assertThat(outcome.output())
        .contains("OMP_NUM_THREADS=3")
        .contains("OMP_WAIT_POLICY=passive")
        .contains("MALLOC_TRIM_THRESHOLD_=")
        .contains("-Dspark.executorEnv.OMP_NUM_THREADS=3")
        .contains("-Dorg.bytedeco.javacpp.maxphysicalbytes=0")
        .contains("SPARK_SCALA_VERSION=2.12")
        .contains("SPARK_LOCAL_IP=127.0.0.1");
  }

  @Test
  void takesTheThreadsFromTheSettingsFileUnlessTheyAreGiven() throws Exception {
    Path settings = Files.writeString(directory.resolve("run.conf"), "earlybird.engine.threads=7");

    assertThat(launch("train", "--conf", settings.toString()).output())
        .contains("OMP_NUM_THREADS=7");
    assertThat(launch("train", "--set=engine.threads=2", "--conf=" + settings).output())
        .contains("OMP_NUM_THREADS=2");
  }

  @Test
  void takesThreadsForTheEngineFromBenchOnly() throws Exception {
    assertThat(launch("bench", "--threads", "4").output()).contains("OMP_NUM_THREADS=4");
    assertThat(launch("shard", "folder", "--threads", "4").output()).contains("OMP_NUM_THREADS=1");
  }

  @Test
  void refusesThreadsThatAreNoNumber() throws Exception {
    refused(
        launch("train", "--set", "engine.threads=all"),
        "Invalid engine.threads=all: it is a number of threads, 1 or more.");
  }

  @Test
  void refusesAnotherJava() throws Exception {
    javaOfVersion("11.0.2");

    refused(launch("doctor"), "Cannot use the Java 11 in ", "set JAVA_HOME to a JDK 17.");
  }

  @Test
  void refusesAJavaHomeWithoutJava() throws Exception {
    environment.put("JAVA_HOME", directory.toString());

    refused(launch("doctor"), "Cannot find java in JAVA_HOME=" + directory);
  }

  @Test
  void refusesToBuildWithoutACompiler() throws Exception {
    Files.delete(directory.resolve("jdk/bin/javac"));

    refused(launch("doctor"), "Cannot build: no compiler in ");
  }

  @Test
  void refusesToBuildWithoutMaven() throws Exception {
    Files.delete(tools.resolve("mvn"));
    for (String name :
        List.of("bash", "readlink", "dirname", "sed", "head", "cat", "mkdir", "flock")) {
      Files.createSymbolicLink(tools.resolve(name), Path.of("/usr/bin", name));
    }
    environment.put("PATH", tools.toString());

    refused(launch("doctor"), "Cannot build: no mvn on the PATH. Install Maven 3.8 or later.");
  }

  @Test
  void saysThatABuildFailedAndLeavesNothingThatLooksBuilt() throws Exception {
    script(tools.resolve("mvn"), "echo '[ERROR] A.java does not compile'; exit 1");

    Outcome outcome = launch("doctor");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output()).contains("A.java does not compile", "Cannot build Earlybird");
    assertThat(root.resolve(".spark-home/current")).doesNotExist();
  }

  @Test
  void usesTheSparkThatIsInstalled() throws Exception {
    installSpark("spark-core_2.12-3.5.1.jar");

    Outcome outcome = launch("train", "--master", "local-cluster[2,1,1024]", "--conf", "run.conf");

    assertThat(outcome.output())
        .contains("spark-submit[" + outcome.pid() + "] --class io.earlybird.spark.Main")
        .contains("--master local-cluster[2,1,1024]")
        .containsPattern("--driver-memory \\d+m")
        .contains("--conf spark.executor.memory=1024m")
        .containsPattern("spark.executor.extraClassPath=\\S* ?\\S*/application/\\*")
        .containsPattern("/earlybird-spark-job-1.jar train --master \\S+ --conf run.conf");
  }

  @Test
  void shipsTheJarsWhereExecutorsAreElsewhere() throws Exception {
    installSpark("spark-core_2.12-3.5.5.jar");

    assertThat(launch("train", "--master=yarn").output())
        .doesNotContain("SPARK_LOCAL_IP=127.0.0.1")
        .containsPattern("--jars \\S* ?\\S*/application/\\*\\.jar")
        .doesNotContain("extraClassPath");
  }

  @Test
  void refusesASparkOfAnotherVersion() throws Exception {
    installSpark("spark-core_2.12-3.4.1.jar");

    refused(launch("train"), "it holds Spark 3.4.1 for Scala 2.12, Earlybird needs Spark 3.5");
  }

  @Test
  void refusesASparkForAnotherScala() throws Exception {
    installSpark("spark-core_2.13-3.5.5.jar");

    refused(launch("train"), "it holds Spark 3.5.5 for Scala 2.13, Earlybird needs Spark 3.5");
  }

  @Test
  void refusesASparkOfUnknownVersion() throws Exception {
    installSpark("other.jar");

    refused(launch("train"), "it holds Spark unknown for Scala unknown");
  }

  @Test
  void inspectsWithoutALookAtSpark() throws Exception {
    installSpark("spark-core_2.12-3.4.1.jar");

    assertThat(launch("inspect", "--network", "resnet50").output()).contains("java[");
  }

  @Test
  void ignoresASparkHomeWithoutSparkSubmitAndSaysSo() throws Exception {
    environment.put("SPARK_HOME", directory.toString());

    assertThat(launch("train").output())
        .contains("no bin/spark-submit in SPARK_HOME=" + directory)
        .contains("java[")
        .doesNotContain("SPARK_HOME=" + directory + "\n");
  }

  @Test
  void printsTheSubmitLineAndStartsNothing() throws Exception {
    launch("doctor");
    Outcome outcome = launch("train", "--print-submit", "--set", "run.name=a b");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.output())
        .startsWith("OMP_NUM_THREADS=1 ")
        .contains(" $SPARK_HOME/bin/spark-submit --class io.earlybird.spark.Main")
        .endsWith("train --set run.name=a\\ b \n")
        .doesNotContain("java[");
  }

  private static void refused(Outcome outcome, String... said) {
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.output()).contains(said);
  }

  private void javaOfVersion(String version) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
    script(bin.resolve("javac"), "exit 0");
    script(
        bin.resolve("java"),
        """
        case "$*" in
          -version) echo 'openjdk version "%s"' >&2 ;;
          *EngineThreads*) sed 's/.*=//' "${@: -1}" ;;
          *) echo "java[$$] $*"; env ;;
        esac
        """
            .formatted(version));
  }

  private void installSpark(String jar) throws IOException {
    Path home = directory.resolve("spark");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("jars"));
    Files.writeString(home.resolve("jars").resolve(jar), "");
    script(home.resolve("bin/spark-submit"), "echo \"spark-submit[$$] $*\"");
    environment.put("SPARK_HOME", home.toString());
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
  }

  private long builds() throws IOException {
    return Files.readAllLines(root.resolve("builds")).size();
  }

  private Outcome launch(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(root.resolve("submit/earlybird").toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("SPARK_LOCAL_IP");
    builder.environment().remove("EARLYBIRD_MAVEN_OPTIONS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.pid(), process.waitFor(), output);
  }
}
