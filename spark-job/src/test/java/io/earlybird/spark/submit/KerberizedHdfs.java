package io.earlybird.spark.submit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A Kerberos server and an HDFS that lets in nobody without a ticket, in this process, which is
 * logged in as the servers' user.
 */
final class KerberizedHdfs implements AutoCloseable {
  /** Who has a keytab. */
  static final String USER = "earlybird";

  private static final String SERVER = "hdfs/localhost";
  private static final String PAGES = "HTTP/localhost";

  private final MiniKdc kdc;
  private final MiniDFSCluster hdfs;
  private final Path keytab;
  private final Path configurationDirectory;

  private KerberizedHdfs(
      MiniKdc kdc, MiniDFSCluster hdfs, Path keytab, Path configurationDirectory) {
    this.kdc = kdc;
    this.hdfs = hdfs;
    this.keytab = keytab;
    this.configurationDirectory = configurationDirectory;
  }

  static KerberizedHdfs start(Path directory) throws Exception {
    MiniKdc kdc =
        new MiniKdc(
            MiniKdc.createConf(), Files.createDirectories(directory.resolve("kdc")).toFile());
    kdc.start();
    Path servers = directory.resolve("servers.keytab");
    kdc.createPrincipal(servers.toFile(), SERVER, PAGES);
    Path keytab = directory.resolve("user.keytab");
    kdc.createPrincipal(keytab.toFile(), USER);

    Configuration configuration = new Configuration();
    clients(kdc.getRealm()).forEach(configuration::set);
    servers(kdc.getRealm(), servers).forEach(configuration::set);
    UserGroupInformation.setConfiguration(configuration);
    MiniDFSCluster hdfs =
        new MiniDFSCluster.Builder(configuration, directory.resolve("hdfs").toFile())
            .numDataNodes(1)
            .build();
    hdfs.waitActive();
    return new KerberizedHdfs(
        kdc, hdfs, keytab, written(hdfs, kdc.getRealm(), directory.resolve("conf")));
  }

  private static Map<String, String> clients(String realm) {
    return Map.of(
        "hadoop.security.authentication",
        "kerberos",
        "dfs.namenode.kerberos.principal",
        SERVER + "@" + realm,
        "dfs.data.transfer.protection",
        "authentication",
        "dfs.replication",
        "1");
  }

  private static Map<String, String> servers(String realm, Path keytab) {
    return Map.of(
        "dfs.namenode.keytab.file",
        keytab.toString(),
        "dfs.datanode.kerberos.principal",
        SERVER + "@" + realm,
        "dfs.datanode.keytab.file",
        keytab.toString(),
        "dfs.web.authentication.kerberos.principal",
        PAGES + "@" + realm,
        "dfs.web.authentication.kerberos.keytab",
        keytab.toString(),
        "dfs.block.access.token.enable",
        "true",
        // Otherwise the pages of a data node would have to be encrypted.
        "ignore.secure.ports.for.testing",
        "true");
  }

  private static Path written(MiniDFSCluster hdfs, String realm, Path directory)
      throws IOException {
    Configuration clients = new Configuration(false);
    clients(realm).forEach(clients::set);
    clients.set("fs.defaultFS", hdfs.getURI().toString());
    Files.createDirectories(directory);
    try (OutputStream out = Files.newOutputStream(directory.resolve("core-site.xml"))) {
      clients.writeXml(out);
    }
    return directory;
  }

  /** What {@code HADOOP_CONF_DIR} names. */
  Path configurationDirectory() {
    return configurationDirectory;
  }

  /** What {@code krb5.conf} is elsewhere. */
  Path realms() {
    return kdc.getKrb5conf().toPath();
  }

  String principal() {
    return USER + "@" + kdc.getRealm();
  }

  Path keytab() {
    return keytab;
  }

  String uri(String path) {
    return hdfs.getURI() + path;
  }

  /** Of a client that is the servers' user, who may do everything. */
  Configuration configuration() throws IOException {
    return files().getConf();
  }

  void makeFile(String path) throws IOException {
    files().create(hadoop(path)).close();
  }

  void makeDirectoryOfTheUser(String path) throws IOException {
    files().mkdirs(hadoop(path));
    files().setOwner(hadoop(path), USER, USER);
  }

  String owner(String path) throws IOException {
    return files().getFileStatus(hadoop(path)).getOwner();
  }

  private static org.apache.hadoop.fs.Path hadoop(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }

  private FileSystem files() throws IOException {
    return hdfs.getFileSystem();
  }

  @Override
  public void close() {
    hdfs.shutdown();
    kdc.stop();
  }
}
