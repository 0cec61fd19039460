package io.earlybird.spark.cli;

import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Finding.Level;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;
import io.earlybird.spark.submit.Bytes;
import io.earlybird.spark.submit.MachineMemory;
import io.earlybird.spark.submit.NativeEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.package$;
import scala.util.Properties;

/** What this process can see of its machine. */
final class MachineFindings {
  private static final String NATIVE_LIMIT = "org.bytedeco.javacpp.maxbytes";
  private static final String PHYSICAL_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  private MachineFindings() {}

  static List<Finding> versions() {
    String java = System.getProperty("java.version");
    boolean seventeen = Runtime.version().feature() == 17;
    String scala = Properties.versionNumberString();
    String spark = package$.MODULE$.SPARK_VERSION();
    boolean supported = spark.startsWith("3.5.") && scala.startsWith("2.12.");
    return List.of(
        new Finding(Level.OK, "earlybird", Version.own()),
        seventeen
            ? new Finding(Level.OK, "Java", java)
            : new Finding(Level.ERROR, "Java", java + "; set JAVA_HOME to a JDK 17"),
        supported
            ? new Finding(Level.OK, "Spark", spark + ", Scala " + scala)
            : new Finding(
                Level.ERROR,
                "Spark",
                spark + ", Scala " + scala + "; use Spark 3.5 for Scala 2.12"),
        new Finding(Level.OK, "Hadoop client", VersionInfo.getVersion()));
  }

  static List<Finding> memory() {
    List<Finding> findings = new ArrayList<>();
    long heap = Runtime.getRuntime().maxMemory();
    long machine = MachineMemory.bytes();
    findings.add(
        new Finding(
            Level.OK,
            "memory",
            Bytes.of(machine)
                + " in the machine, heap of this process "
                + Bytes.of(heap)
                + ", processors "
                + Runtime.getRuntime().availableProcessors()));
    findings.add(nativeLimit());
    NativeEnvironment.names().forEach(name -> findings.add(environment(name)));
    return findings;
  }

  private static Finding nativeLimit() {
    String bytes = System.getProperty(NATIVE_LIMIT);
    String physical = System.getProperty(PHYSICAL_LIMIT);
    if (bytes == null || !"0".equals(physical)) {
      return new Finding(
          Level.WARNING,
          "native memory",
          NATIVE_LIMIT
              + "="
              + bytes
              + ", "
              + PHYSICAL_LIMIT
              + "="
              + physical
              + "; start with submit/earlybird, which sets both, or native memory is held to the"
              + " size of the heap");
    }
    return new Finding(Level.OK, "native memory", "at most " + bytes);
  }

  private static Finding environment(String variable) {
    String value = System.getenv(variable);
    return value == null
        ? new Finding(
            Level.WARNING,
            variable,
            "is not set; start with submit/earlybird, or set it before the JVM starts")
        : new Finding(Level.OK, variable, value);
  }

  static List<Finding> fileSystems() {
    Configuration hadoop = Clients.configuration();
    String uri = hadoop.get("fs.defaultFS", "file:///");
    List<Finding> findings = new ArrayList<>();
    try {
      FileStore.at(uri.endsWith("/") ? uri : uri + "/", hadoop).list();
      findings.add(new Finding(Level.OK, "default file system", uri));
    } catch (StoreException e) {
      findings.add(new Finding(Level.ERROR, "default file system", e.getMessage()));
    }
    String temporary = System.getProperty("java.io.tmpdir");
    try {
      FileStore.at("file://" + temporary, hadoop).requireWritable();
      findings.add(new Finding(Level.OK, "temporary files", temporary));
    } catch (StoreException e) {
      findings.add(
          new Finding(
              Level.ERROR, "temporary files", e.getMessage() + "; set java.io.tmpdir or TMPDIR"));
    }
    return findings;
  }
}
