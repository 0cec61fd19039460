package io.earlybird.spark.yarn;

import io.earlybird.spark.store.FileStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * All jars of a build in one file, for {@code spark.yarn.archive}: put to the cluster's file system
 * once, fetched and unpacked by each node once, instead of being uploaded at each submit.
 *
 * <p>Jars are stored, not compressed again; {@link ContainerShell}'s file lies beside them, for the
 * containers of drivers. The name holds a hash of what is in it, so that another build has another
 * archive and running jobs keep theirs.
 */
public final class JobArchive {
  private static final String PREFIX = "earlybird-";
  private static final String SUFFIX = ".zip";
  private static final int HASH_DIGITS = 12;

  /** Jars of this name are rebuilt without a change of their version. */
  private static final String OWN = "earlybird-";

  private final List<Path> jars;

  private JobArchive(List<Path> jars) {
    this.jars = jars;
  }

  /**
   * An archive of jars.
   *
   * @param jars files, no two of one name
   * @throws IllegalArgumentException if there are none, or two have one name
   */
  public static JobArchive of(List<Path> jars) {
    List<Path> sorted =
        jars.stream().sorted(Comparator.comparing(jar -> jar.getFileName().toString())).toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("Cannot make a job archive of no jars");
    }
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).getFileName().equals(sorted.get(i - 1).getFileName())) {
        throw new IllegalArgumentException(
            "Cannot put two jars of one name into a job archive: "
                + sorted.get(i - 1)
                + " and "
                + sorted.get(i));
      }
    }
    return new JobArchive(sorted);
  }

  /**
   * An archive of all jars of a directory.
   *
   * @throws IOException if it cannot be read
   */
  public static JobArchive in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return of(files.filter(file -> file.toString().endsWith(".jar")).toList());
    }
  }

  /**
   * For example {@code earlybird-0f3a5c77e1d2.zip}: names and sizes of all jars and the content of
   * the project's own are hashed.
   *
   * @throws IOException if a jar cannot be read
   */
  public String name() throws IOException {
    MessageDigest digest = sha256();
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      digest.update((name + " " + Files.size(jar) + "\n").getBytes(StandardCharsets.UTF_8));
      if (name.startsWith(OWN)) {
        digest.update(Files.readAllBytes(jar));
      }
    }
    return PREFIX + HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS) + SUFFIX;
  }

  /**
   * Writes the archive into a directory, unless it is there.
   *
   * @return its URI
   * @throws IOException if a jar cannot be read
   * @throws io.earlybird.spark.store.StoreException if it cannot be written
   */
  public String put(FileStore directory) throws IOException {
    String name = name();
    if (!directory.exists(name)) {
      directory.write(name, this::write);
    }
    return directory.uri() + "/" + name;
  }

  private void write(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
    for (Path jar : jars) {
      zip.putNextEntry(entry(jar));
      Files.copy(jar, zip);
      zip.closeEntry();
    }
    byte[] shell = ContainerShell.content();
    CRC32 sum = new CRC32();
    sum.update(shell);
    zip.putNextEntry(entry(ContainerShell.FILE, shell.length, sum));
    zip.write(shell);
    zip.closeEntry();
    zip.finish();
  }

  private static ZipEntry entry(Path jar) throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream in =
        new CheckedInputStream(new BufferedInputStream(Files.newInputStream(jar)), sum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return entry(jar.getFileName().toString(), Files.size(jar), sum);
  }

  /** An entry that is stored needs its size and checksum before its content. */
  private static ZipEntry entry(String name, long bytes, CRC32 sum) {
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(bytes);
    entry.setCrc(sum.getValue());
    return entry;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
