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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code submit/earlybird} in a project whose Java, Maven and Spark only say what they get;
 * the plan of a submit is the real one.
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
    Files.createDirectories(root.resolve("conf/spark"));
    for (String kind : List.of("local", "standalone", "yarn", "k8s")) {
      String preset = "conf/spark/" + kind + ".conf";
      Files.copy(SUBMIT.resolveSibling(preset), root.resolve(preset));
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
    Outcome outcome = train("--set", "engine.threads=3");

    assertThat(outcome.output())
        .contains("OMP_NUM_THREADS=3")
        .contains("GOMP_SPINCOUNT=20000")
        .contains("MALLOC_TRIM_THRESHOLD_=")
        .contains("--conf spark.executorEnv.OMP_NUM_THREADS=3")
        .contains("-Dorg.bytedeco.javacpp.maxphysicalbytes=0")
        .contains("SPARK_SCALA_VERSION=2.12")
        .contains("SPARK_LOCAL_IP=127.0.0.1");
  }

  @Test
  void takesTheThreadsFromTheSettingsFileUnlessTheyAreGiven() throws Exception {
    Path settings = Files.writeString(directory.resolve("run.conf"), "earlybird.engine.threads=7");

    assertThat(train("--conf", settings.toString()).output()).contains("OMP_NUM_THREADS=7");
    assertThat(train("--set=engine.threads=2", "--conf=" + settings).output())
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
        train("--set", "engine.threads=all"),
        "engine.threads = all: must be a whole number in [1, 1024]");
    refused(
        launch("bench", "--threads", "all"), "Invalid --threads all: it is a number of threads");
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

    Outcome outcome = train("--master", "local-cluster[2,1,3072]", "--set", "run.name=first");

    assertThat(outcome.output())
        .contains("spark-submit[" + outcome.pid() + "] --class io.earlybird.spark.Main")
        .contains("--master local-cluster[2,1,3072]")
        .containsPattern("--driver-memory \\d+m")
        .contains("--conf spark.executor.memory=3072m")
        .containsPattern("spark.executor.extraClassPath=\\S* ?\\S*/application/\\*")
        .containsPattern("/earlybird-spark-job-1.jar train .*--set run.name=first");
  }

  @Test
  void onYarnTheJarsComeFromTheArchiveOfTheBuild() throws Exception {
    installSpark("spark-core_2.12-3.5.5.jar");
    environment.put("HADOOP_CONF_DIR", directory.toString());
    Path archive = Files.writeString(directory.resolve("jars.zip"), "");

    assertThat(
            train(
                    "--cluster=yarn",
                    "--deploy-mode=cluster",
                    "--spark=spark.yarn.archive=" + archive.toUri(),
                    "--spark=spark.yarn.queue=nightly",
                    "--set=run.name=night-7")
                .output())
        .contains("--master yarn --deploy-mode cluster")
        .contains("--conf spark.yarn.archive=file://" + archive)
        .contains("--conf spark.yarn.queue=nightly")
        .contains("--conf spark.yarn.tags=earlybird,night-7")
        .contains(" spark-internal train ")
        .doesNotContain("SPARK_LOCAL_IP=127.0.0.1", "--jars", "extraClassPath");
  }

  @Test
  void onYarnABuildWhoseArchiveIsMissingIsRefusedWithTheRemedy() throws Exception {
    environment.put("HADOOP_CONF_DIR", directory.toString());
    String place = "file://" + directory.resolve("archives");

    Outcome outcome = train("--cluster=yarn", "--spark=spark.yarn.archive=" + place);

    refused(
        outcome,
        "Cannot find the job archive of this build (" + place + "/earlybird-",
        "put it there, once a build, with submit/earlybird archive --output " + place);
    Matcher name = Pattern.compile("earlybird-[0-9a-f]{12}\\.zip").matcher(outcome.output());
    assertThat(name.find()).isTrue();
    Files.createDirectories(directory.resolve("archives"));
    Files.writeString(directory.resolve("archives").resolve(name.group()), "");
    assertThat(train("--cluster=yarn", "--spark=spark.yarn.archive=" + place).output())
        .contains("--conf spark.yarn.archive=" + place + "/" + name.group());
  }

  @Test
  void onYarnKeytabAndPrincipalArePassedOn() throws Exception {
    environment.put("HADOOP_CONF_DIR", directory.toString());
    Path archive = Files.writeString(directory.resolve("jars.zip"), "");

    assertThat(
            train(
                    "--cluster=yarn",
                    "--spark=spark.yarn.archive=" + archive.toUri(),
                    "--spark=spark.kerberos.principal=earlybird@EXAMPLE.ORG",
                    "--spark=spark.kerberos.keytab=/etc/earlybird.keytab",
                    "--spark=spark.kerberos.access.hadoopFileSystems=hdfs://other:8020")
                .output())
        .contains("--conf spark.kerberos.principal=earlybird@EXAMPLE.ORG")
        .contains("--conf spark.kerberos.keytab=/etc/earlybird.keytab")
        .contains("--conf spark.kerberos.access.hadoopFileSystems=hdfs://other:8020");
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

    assertThat(train().output())
        .contains("no bin/spark-submit in SPARK_HOME=" + directory)
        .contains("java[")
        .doesNotContain("SPARK_HOME=" + directory + "\n");
  }

  @Test
  void printsTheSubmitLineAndStartsNothing() throws Exception {
    launch("doctor");
    Outcome outcome = train("--print-submit", "--set", "run.directory=a b");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.output())
        .contains("\nGOMP_SPINCOUNT=20000 ")
        .contains(" OMP_NUM_THREADS=1 ")
        .containsPattern(
            "/jdk/bin/java @\\S+ .* org.apache.spark.deploy.SparkSubmit --class"
                + " io.earlybird.spark.Main")
        .endsWith("--set run.directory=a\\ b \n")
        .doesNotContain("java[");
  }

  @Test
  void printsTheSubmitLineOfAnInstalledSpark() throws Exception {
    installSpark("spark-core_2.12-3.5.5.jar");

    assertThat(train("--print-submit").output())
        .contains("/bin/spark-submit --class io.earlybird.spark.Main")
        .doesNotContain("spark-submit[");
  }

  @Test
  void refusesWhatCannotBeSubmitted() throws Exception {
    launch("doctor");

    refused(train("--cluster", "mesos"), "expected one of [LOCAL, STANDALONE, YARN, K8S]");
    refused(train("--cluster", "standalone"), "--cluster standalone needs an address");
    refused(train("--cluster", "yarn"), "Cannot find the YARN cluster: set HADOOP_CONF_DIR");
    refused(train("--spark", "spark.executor.cores"), "Invalid --spark spark.executor.cores");
    refused(
        train("--spark", "spark.authenticate.secret=abc"),
        "Cannot take --spark spark.authenticate.secret: everybody on this machine");
    refused(
        train("--master", "local-cluster[1,1,16]"),
        "Cannot use --master local-cluster[1,1,16]: an executor has 16 MiB of heap and needs");
  }

  @Test
  void handsTheSecretOverInTheEnvironmentAlone() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "c0ffee");
    environment.put("EARLYBIRD_SECRET_FILE", secret.toString());
    String[] standalone = {"--cluster", "standalone", "--master", "spark://127.0.0.1:7"};

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    refused(train(standalone), "Cannot trust the secret in " + secret + ": others may read it.");

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    assertThat(train(standalone).output().lines().filter(line -> line.contains("c0ffee")))
        .containsExactly("_SPARK_AUTH_SECRET=c0ffee");
    assertThat(train(concat(standalone, "--print-submit")).output())
        .contains("spark.authenticate=true")
        .doesNotContain("c0ffee");
  }

  @Test
  void refusesAClusterWhoseSecretItDoesNotHave() throws Exception {
    String[] standalone = {"--master", "spark://127.0.0.1:7"};

    refused(train(standalone), "Cannot authenticate to the cluster: set EARLYBIRD_SECRET_FILE");
    assertThat(train(concat(standalone, "--spark", "spark.authenticate=false")).exit()).isZero();
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
          *SubmitPlan*)
            while [ "$1" != -cp ]; do options+=("$1"); shift; done
            exec "%s" "${options[@]}" -cp "$TEST_CLASSES" "${@:3}" ;;
          *) echo "java[$$] $*"; env ;;
        esac
        """
            .formatted(version, Path.of(System.getProperty("java.home"), "bin", "java")));
    environment.put("TEST_CLASSES", System.getProperty("java.class.path"));
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

  private Outcome train(String... arguments) throws IOException, InterruptedException {
    String[] data = {"train", "--set", "data.train=a", "--set", "data.validation=b"};
    return launch(concat(data, arguments));
  }

  private static String[] concat(String[] first, String... second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
  }

  private Outcome launch(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(root.resolve("submit/earlybird").toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("SPARK_LOCAL_IP");
    builder.environment().remove("EARLYBIRD_MAVEN_OPTIONS");
    List.of("SPARK_CONF_DIR", "HADOOP_CONF_DIR", "YARN_CONF_DIR", "EARLYBIRD_SECRET_FILE")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.pid(), process.waitFor(), output);
  }
}
