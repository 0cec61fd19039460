package io.earlybird.data.ingest;

import io.earlybird.data.ingest.LabeledFiles.LabeledFile;
import io.earlybird.data.order.Permutations;
import io.earlybird.data.shard.Samples;
import io.earlybird.model.random.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;

/**
 * Image files in a folder for each class.
 *
 * <p>Either {@code INPUT/train/CLASS/*} and {@code INPUT/val/CLASS/*} (or {@code validation}), or
 * {@code INPUT/CLASS/*}, of which a seeded part of each class is held out for validation.
 *
 * @param input URI of the directory
 * @param heldOut fraction of each class for validation where the input has no split, in [0, 1)
 * @param seed of the choice
 */
public record FolderSource(String input, double heldOut, long seed) implements IngestSource {
  private static final String EXPECTED = "a folder of image files for each class";

  public FolderSource {
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "Invalid held-out fraction " + heldOut + ": must be at least 0 and below 1");
    }
  }

  @Override
  public String description() {
    return "folder held-out=" + heldOut + " seed=" + seed;
  }

  @Override
  public IngestData open(Configuration hadoop) throws IOException {
    Inputs inputs = Inputs.at(input, hadoop, EXPECTED);
    return inputs.hasDirectory("train") ? split(inputs) : holdOut(inputs);
  }

  private static IngestData split(Inputs inputs) throws IOException {
    List<String> classes = ClassFolders.classes(inputs, inputs.path("train"));
    Samples train =
        new LabeledFiles(inputs, ClassFolders.files(inputs, inputs.path("train"), classes));
    String folder = inputs.hasDirectory("val") ? "val" : "validation";
    List<LabeledFile> validation =
        inputs.hasDirectory(folder)
            ? ClassFolders.files(inputs, inputs.path(folder), classes)
            : List.of();
    return new SplitData(classes, train, new LabeledFiles(inputs, validation));
  }

  private IngestData holdOut(Inputs inputs) throws IOException {
    List<String> classes = ClassFolders.classes(inputs, inputs.root());
    List<LabeledFile> files = ClassFolders.files(inputs, inputs.root(), classes);
    List<LabeledFile> train = new ArrayList<>();
    List<LabeledFile> validation = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      int wanted = label;
      List<LabeledFile> ofClass = files.stream().filter(file -> file.label() == wanted).toList();
      int held = Math.min((int) Math.rint(heldOut * ofClass.size()), ofClass.size() - 1);
      SplittableRandom random = Seeds.random(Seeds.derive(seed, "held out"), label);
      int place = 0;
      for (int index : Permutations.draw(ofClass.size(), random)) {
        (place++ < held ? validation : train).add(ofClass.get(index));
      }
    }
    return new SplitData(
        classes, new LabeledFiles(inputs, train), new LabeledFiles(inputs, validation));
  }
}
