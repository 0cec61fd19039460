package io.earlybird.spark.faults;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.AbstractFileSystem;
import org.apache.hadoop.fs.FilterFs;
import org.apache.hadoop.fs.Hdfs;
import org.apache.hadoop.fs.Path;

/** The side of HDFS that renames: it says so before and after. */
public final class AnnouncingHdfs extends FilterFs {
  private static final String IMPLEMENTATION = "fs.AbstractFileSystem.hdfs.impl";

  /** As Hadoop makes it, by reflection. */
  public AnnouncingHdfs(URI uri, Configuration configuration)
      throws IOException, URISyntaxException {
    super(plain(uri, configuration));
  }

  private static AbstractFileSystem plain(URI uri, Configuration configuration) throws IOException {
    Configuration copy = new Configuration(configuration);
    copy.setClass(IMPLEMENTATION, Hdfs.class, AbstractFileSystem.class);
    return AbstractFileSystem.createFileSystem(uri, copy);
  }

  @Override
  public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
    if (FileMoments.onItsWay(to) && !FileMoments.temporary(from)) {
      FileMoments.removed(from);
    }
    FileMoments.changed("rename", to);
    super.renameInternal(from, to, overwrite);
    FileMoments.changed("renamed", to);
  }
}
