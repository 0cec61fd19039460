package io.earlybird.spark.submit;

import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;
import io.earlybird.spark.yarn.JobArchive;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * What a submit to YARN says beside memory and cores: the archive with the jars of the build, and
 * tags by which the application is found.
 */
final class YarnArchive {
  private static final String ARCHIVE = "spark.yarn.archive";
  private static final String TAGS = "spark.yarn.tags";
  private static final Pattern FILE = Pattern.compile(".*\\.(zip|jar|tar|tgz|tar\\.gz)");

  /** YARN takes no longer one. */
  private static final int LONGEST_TAG = 100;

  private final Layers layers;
  private final Launch launch;

  YarnArchive(Layers layers, Launch launch) {
    this.layers = layers;
    this.launch = launch;
  }

  /**
   * Settings that are computed for the run.
   *
   * @throws SubmitRefusedException if there is no archive of this build on the cluster
   */
  Map<String, String> settings(String runName) {
    Map<String, String> computed = new TreeMap<>();
    if (layers.given(TAGS).isEmpty()) {
      computed.put(
          TAGS, "earlybird," + runName.substring(0, Math.min(runName.length(), LONGEST_TAG)));
    }
    if (layers.given("spark.yarn.jars").isEmpty()) {
      computed.put(ARCHIVE, archive());
    }
    return computed;
  }

  /** The setting names the archive, or the directory that has those of all builds. */
  private String archive() {
    String place =
        layers
            .value(ARCHIVE)
            .orElseThrow(() -> new SubmitRefusedException(missing("a directory for it", "URI")));
    try {
      login();
      if (FILE.matcher(place).matches()) {
        int slash = place.lastIndexOf('/');
        return require(place.substring(0, slash + 1), place.substring(slash + 1));
      }
      return require(place, JobArchive.in(launch.home().resolve("jars")).name());
    } catch (IOException | StoreException | IllegalArgumentException e) {
      throw new SubmitRefusedException(
          "Cannot look for the job archive at " + ARCHIVE + " = " + place + ": " + e.getMessage());
    }
  }

  private static String require(String directory, String name) {
    FileStore store = FileStore.at(directory, Clients.configuration());
    if (!store.exists(name)) {
      throw new SubmitRefusedException(missing(store.uri() + "/" + name, store.uri()));
    }
    return store.uri() + "/" + name;
  }

  private static String missing(String what, String directory) {
    return "Cannot find the job archive of this build ("
        + what
        + "): put it there, once a build, with submit/earlybird archive --output "
        + directory
        + ", or name another place with --spark "
        + ARCHIVE
        + "=URI";
  }

  /** A keytab serves where nobody has a ticket, as in a nightly run. */
  private void login() throws IOException {
    Optional<String> keytab = layers.given("spark.kerberos.keytab");
    Optional<String> principal = layers.given("spark.kerberos.principal");
    Configuration hadoop = Clients.configuration();
    UserGroupInformation.setConfiguration(hadoop);
    if (keytab.isPresent() && principal.isPresent() && UserGroupInformation.isSecurityEnabled()) {
      UserGroupInformation.loginUserFromKeytab(principal.get(), keytab.get());
    }
  }
}
