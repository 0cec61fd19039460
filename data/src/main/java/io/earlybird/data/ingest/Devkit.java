package io.earlybird.data.ingest;

import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.TarHeader;
import io.earlybird.data.shard.TarReader;
import io.earlybird.model.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Labels of ImageNet's validation images, from its development kit.
 *
 * <p>Line i of {@code data/ILSVRC2012_validation_ground_truth.txt} is the class of {@code
 * ILSVRC2012_val_<i, 8 digits>.JPEG} as an ILSVRC2012_ID from 1 on. These ids are not in the order
 * of WordNet ids that labels follow; {@code data/meta.mat} says which WordNet id belongs to each.
 * Both are read from {@code ILSVRC2012_devkit_t12.tar.gz} or from the folder {@code
 * ILSVRC2012_devkit_t12}.
 */
final class Devkit {
  private static final String FOLDER = "ILSVRC2012_devkit_t12";
  private static final String ARCHIVE = FOLDER + ".tar.gz";
  private static final String TRUTH = "ILSVRC2012_validation_ground_truth.txt";
  private static final String META = "meta.mat";

  /** Many times what the files have. */
  private static final int MAX_BYTES = 1 << 26;

  private static final Pattern NAME = Pattern.compile("ILSVRC2012_val_(\\d{8})\\.JPEG");

  private final List<Integer> truth;
  private final Map<Integer, String> wordNetIds;

  private Devkit(List<Integer> truth, Map<Integer, String> wordNetIds) {
    this.truth = truth;
    this.wordNetIds = wordNetIds;
  }

  static Devkit find(Inputs inputs) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    if (inputs.hasDirectory(FOLDER + "/data")) {
      for (String name : List.of(TRUTH, META)) {
        if (inputs.has(FOLDER + "/data/" + name)) {
          files.put(name, inputs.read(inputs.path(FOLDER + "/data/" + name), MAX_BYTES));
        }
      }
    } else if (inputs.has(ARCHIVE)) {
      unpack(inputs, files);
    }
    if (!files.containsKey(TRUTH) || !files.containsKey(META)) {
      throw new ShardException(
          "Missing labels of the validation images: put "
              + ARCHIVE
              + ", or the folder "
              + FOLDER
              + " with data/"
              + TRUTH
              + " and data/"
              + META
              + ", into "
              + inputs.root());
    }
    return new Devkit(truth(files.get(TRUTH)), MatFile.wordNetIds(files.get(META)));
  }

  private static void unpack(Inputs inputs, Map<String, byte[]> files) throws IOException {
    try (InputStream in = inputs.open(inputs.path(ARCHIVE))) {
      unpack(in, files);
    }
  }

  /** Takes the two files of labels out of the archive. */
  static void unpack(InputStream archive, Map<String, byte[]> files) throws IOException {
    byte[] unpacked;
    try (InputStream in = new GZIPInputStream(archive)) {
      unpacked = Inputs.bounded(in, ARCHIVE, MAX_BYTES);
    } catch (ZipException | EOFException e) {
      throw new ShardException(
          "Invalid " + ARCHIVE + ": " + e.getMessage() + "; copy the devkit again", e);
    }
    TarReader tar = new TarReader(new ByteArrayInputStream(unpacked), ARCHIVE, 0, unpacked.length);
    Optional<TarHeader> entry = tar.next();
    while (entry.isPresent()) {
      String path = entry.get().name();
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (name.equals(TRUTH) || name.equals(META)) {
        files.put(name, tar.data(MAX_BYTES));
      }
      entry = tar.next();
    }
  }

  private static List<Integer> truth(byte[] text) throws ShardException {
    try {
      return new String(text, StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.isBlank())
          .map(line -> Integer.valueOf(line.trim()))
          .toList();
    } catch (NumberFormatException e) {
      throw new ShardException(
          "Invalid " + TRUTH + ": " + StrictJson.shown(e.getMessage()) + "; copy the devkit again",
          e);
    }
  }

  /** Label of a validation image among the sorted WordNet ids. */
  int label(String file, List<String> classes) throws ShardException {
    Matcher matcher = NAME.matcher(file);
    int number = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (number < 1 || number > truth.size()) {
      throw new ShardException(
          "No label for "
              + file
              + ": "
              + TRUTH
              + " has labels of ILSVRC2012_val_00000001.JPEG to "
              + truth.size());
    }
    String wordNetId = wordNetIds.get(truth.get(number - 1));
    int label = wordNetId == null ? -1 : classes.indexOf(wordNetId);
    if (label < 0) {
      throw new ShardException(
          "No label for "
              + file
              + ": its class "
              + truth.get(number - 1)
              + " ("
              + wordNetId
              + ") is not among the "
              + classes.size()
              + " training classes");
    }
    return label;
  }
}
