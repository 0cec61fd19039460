package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.data.ingest.Ingest;
import io.earlybird.data.ingest.IngestSettings;
import io.earlybird.data.ingest.SyntheticSource;
import io.earlybird.spark.submit.Launch.SparkOrigin;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keytab and principal of the settings, against a real Kerberos server and an HDFS that asks for
 * tickets. Whoever submits, and drivers, are processes of their own that have no ticket.
 */
@Tag("slow")
@Tag("own-jvm")
class KerberosTest {
  private static final int MINUTES = 5;
  private static final int REFUSED = 2;
  private static final Path PRESETS = Path.of("..", "conf", "spark");

  @TempDir private static Path temporary;
  private static KerberizedHdfs hdfs;

  private record Outcome(int exit, String output) {}

  @BeforeAll
  static void startServers() throws Exception {
    hdfs = KerberizedHdfs.start(temporary.resolve("servers"));
    Ingest.run(
        new SyntheticSource(16, 60, 20, 3, 1),
        new IngestSettings(hdfs.uri("/shards"), 1, 4, 1),
        hdfs.configuration());
    hdfs.makeDirectoryOfTheUser("/runs");
  }

  @AfterAll
  static void stopServers() {
    if (hdfs != null) {
      hdfs.close();
    }
  }

  @Test
  void aDriverTrainsAsThePrincipalOfTheSettings() throws Exception {
    Outcome trained = train(login());

    assertThat(trained.exit()).as(trained.output()).isZero();
    assertThat(trained.output()).contains("DONE: 1 epochs");
    assertThat(hdfs.owner("/runs/night/checkpoints/epoch-0001/manifest.json"))
        .isEqualTo(KerberizedHdfs.USER);
  }

  @Test
  void aDriverWithoutThemIsRefused() throws Exception {
    Outcome refused = train(List.of());

    assertThat(refused.exit()).as(refused.output()).isEqualTo(REFUSED);
    assertThat(refused.output()).contains("data.train", "Client cannot authenticate via:[");
  }

  @Test
  void whoSubmitsLooksForTheArchiveAsThePrincipalOfTheSettings() throws Exception {
    String archive = hdfs.uri("/apps/jars.zip");
    hdfs.makeFile("/apps/jars.zip");

    Outcome plan = planOnYarn(archive, login());
    assertThat(plan.exit()).as(plan.output()).isZero();
    assertThat(plan.output()).contains("spark.yarn.archive=" + archive);

    Outcome refused = planOnYarn(archive, List.of());
    assertThat(refused.exit()).as(refused.output()).isEqualTo(REFUSED);
    assertThat(refused.output())
        .contains("Cannot look for the job archive at spark.yarn.archive = " + archive)
        .contains("Client cannot authenticate via:[");
  }

  private static List<String> login() {
    return List.of(
        "--spark",
        "spark.kerberos.principal=" + hdfs.principal(),
        "--spark",
        "spark.kerberos.keytab=" + hdfs.keytab());
  }

  /** Starts what the launcher would start. */
  private static Outcome train(List<String> more) throws Exception {
    List<String> line = new ArrayList<>(List.of("train", "--master", "local[1]"));
    line.addAll(more);
    for (String setting :
        List.of(
            "run.directory=\"" + hdfs.uri("/runs/night") + "\"",
            "run.epochs=1",
            "data.train=\"" + hdfs.uri("/shards/train") + "\"",
            "data.validation=\"" + hdfs.uri("/shards/validation") + "\"",
            "data.image-size=16",
            "data.augmentation=flip",
            "data.streams=4",
            "network.name=demo-resnet",
            "network.classes=3",
            "averaging.replicas=2",
            "averaging.batch-size=8",
            "sparsity.policy=dense")) {
      line.addAll(List.of("--set", setting));
    }
    Launch launch =
        new Launch(
            PRESETS, temporary, SparkOrigin.OWN, Optional.empty(), 8L << 30, System.getenv());
    return run(SparkSubmit.class, List.of(), SubmitPlan.of(line, launch).arguments());
  }

  private static Outcome planOnYarn(String archive, List<String> more) throws Exception {
    List<String> line = new ArrayList<>(List.of("train", "--cluster", "yarn"));
    line.addAll(List.of("--spark", "spark.yarn.archive=" + archive));
    line.addAll(List.of("--set", "data.train=a", "--set", "data.validation=b"));
    line.addAll(more);
    return run(
        SubmitPlan.class,
        List.of(
            "-Dearlybird.presets=" + PRESETS,
            "-Dearlybird.home=" + temporary,
            "-Dearlybird.spark=" + SparkOrigin.OWN),
        line);
  }

  /** Runs a Java program to which the cluster is what it is to its users. */
  private static Outcome run(Class<?> main, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Djava.security.krb5.conf=" + hdfs.realms());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(options);
    command.add(main.getName());
    command.addAll(arguments);
    Path log = Files.createTempFile(temporary, "said", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    String clients = hdfs.configurationDirectory().toString();
    builder
        .environment()
        .putAll(
            Map.of(
                "CLASSPATH",
                clients + File.pathSeparator + System.getProperty("java.class.path"),
                "HADOOP_CONF_DIR",
                clients,
                "KRB5CCNAME",
                temporary.resolve("no-tickets").toString()));
    Process process = builder.start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("No end within " + MINUTES + " minutes:\n" + Files.readString(log));
    }
    return new Outcome(process.exitValue(), Files.readString(log));
  }
}
