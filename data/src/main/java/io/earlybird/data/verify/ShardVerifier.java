package io.earlybird.data.verify;

import io.earlybird.data.shard.ShardSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;

/** Reads every shard of a data set: hashes, counts, sidecars, labels, and every image decoded. */
public final class ShardVerifier {
  private ShardVerifier() {}

  /**
   * Verifies a data set; problems are collected and do not end it.
   *
   * @param threads shards that are read side by side, at least 1
   */
  public static VerifyReport verify(ShardSet set, Configuration hadoop, int threads)
      throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<VerifyReport>> checks = new ArrayList<>();
      for (int shard = 0; shard < set.shards().size(); shard++) {
        checks.add(new ShardCheck(set, shard, hadoop));
      }
      VerifyReport report = VerifyReport.NOTHING;
      for (Future<VerifyReport> check : executor.invokeAll(checks)) {
        report = report.plus(check.get());
      }
      return report;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Failed to verify " + set.directory(), e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }
}
