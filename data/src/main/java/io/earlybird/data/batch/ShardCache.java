package io.earlybird.data.batch;

import io.earlybird.data.shard.Shard;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;

/**
 * Local copies of shards.
 *
 * <p>A copy is named after the shard's SHA-256 and gets its name, atomically, only when its bytes
 * have that hash: a copy that is there is whole, whoever made it. Processes that copy the same
 * shard at the same time waste one copy and do no harm.
 */
final class ShardCache implements ShardAccess {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path directory;
  private final ShardSet set;
  private final Configuration hadoop;
  private final FileSystem local;
  private final Object[] locks;

  private ShardCache(Path directory, ShardSet set, Configuration hadoop, FileSystem local) {
    this.directory = directory;
    this.set = set;
    this.hadoop = hadoop;
    this.local = local;
    this.locks = set.shards().stream().map(shard -> new Object()).toArray();
  }

  static ShardCache at(Path directory, ShardSet set, Configuration hadoop) throws IOException {
    Files.createDirectories(directory);
    return new ShardCache(directory, set, hadoop, FileSystem.getLocal(hadoop).getRawFileSystem());
  }

  @Override
  public FSDataInputStream open(int shard) throws IOException {
    Shard described = set.shards().get(shard);
    Path copy = directory.resolve(described.sha256() + ".tar");
    synchronized (locks[shard]) {
      if (!Files.exists(copy) || Files.size(copy) != described.bytes()) {
        copy(shard, described, copy);
      }
    }
    return local.open(new org.apache.hadoop.fs.Path(copy.toUri()));
  }

  private void copy(int shard, Shard described, Path copy) throws IOException {
    Path partial = Files.createTempFile(directory, "copying-", ".part");
    try {
      String hash = copyHashed(shard, partial);
      if (!hash.equals(described.sha256())) {
        throw new ShardException(
            "Damaged shard "
                + set.shardPath(shard)
                + ": its SHA-256 is "
                + hash
                + ", "
                + ShardSet.INDEX
                + " says "
                + described.sha256()
                + "; copy it again, or make the shards again");
      }
      Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private String copyHashed(int shard, Path partial) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (FSDataInputStream in = new DirectAccess(set, hadoop).open(shard);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(partial), digest)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long left = set.shards().get(shard).bytes();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        left -= count;
        if (left < 0) {
          throw new ShardException(
              "Damaged shard "
                  + set.shardPath(shard)
                  + ": it has more than the "
                  + set.shards().get(shard).bytes()
                  + " bytes that "
                  + ShardSet.INDEX
                  + " says; copy it again, or make the shards again");
        }
        out.write(buffer, 0, count);
      }
    }
    return Sha256.hex(digest);
  }
}
