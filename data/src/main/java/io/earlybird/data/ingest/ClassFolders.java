package io.earlybird.data.ingest;

import io.earlybird.data.ingest.LabeledFiles.LabeledFile;
import io.earlybird.data.shard.ShardException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A folder with one folder of image files for each class; labels follow the order of the names. */
final class ClassFolders {
  private ClassFolders() {}

  /** Names of the classes. */
  static List<String> classes(Inputs inputs, Path folder) throws IOException {
    List<String> classes = new ArrayList<>();
    for (FileStatus entry : inputs.list(folder)) {
      if (!entry.isDirectory()) {
        throw new ShardException(
            "Unexpected file "
                + entry.getPath()
                + ": "
                + folder
                + " must hold one folder for each class; move or remove the file");
      }
      classes.add(entry.getPath().getName());
    }
    if (classes.isEmpty()) {
      throw new ShardException("No class folders in " + folder);
    }
    return classes;
  }

  /** The files of all classes; a folder that is no class is refused, one without files too. */
  static List<LabeledFile> files(Inputs inputs, Path folder, List<String> classes)
      throws IOException {
    List<LabeledFile> files = new ArrayList<>();
    for (String name : classes(inputs, folder)) {
      int label = classes.indexOf(name);
      if (label < 0) {
        throw new ShardException(
            "Unknown class " + name + " in " + folder + ": the training images have no such class");
      }
      int before = files.size();
      for (FileStatus file : inputs.list(new Path(folder, name))) {
        if (file.isDirectory()) {
          throw new ShardException(
              "Unexpected folder " + file.getPath() + " in a class folder; move its files up");
        }
        files.add(new LabeledFile(file.getPath(), label));
      }
      if (files.size() == before) {
        throw new ShardException("Empty class folder " + new Path(folder, name) + ": remove it");
      }
    }
    return files;
  }
}
