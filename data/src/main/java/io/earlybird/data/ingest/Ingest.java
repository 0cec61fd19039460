package io.earlybird.data.ingest;

import io.earlybird.data.shard.Samples;
import io.earlybird.data.shard.Shard;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.ShardLayout;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.data.shard.ShardSetWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the shards of a source: {@code OUTPUT/train} and {@code OUTPUT/validation}. */
public final class Ingest {
  /** Folder of the training shards under the output. */
  public static final String TRAIN = "train";

  /** Folder of the validation shards under the output. */
  public static final String VALIDATION = "validation";

  private static final long END_SECONDS = 60;

  /** A line of progress comes after so many at least. */
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private final IngestSource source;
  private final IngestSettings settings;
  private final Configuration hadoop;

  private Ingest(IngestSource source, IngestSettings settings, Configuration hadoop) {
    this.source = source;
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /**
   * Makes the shards; returns at once if they are there, made from the same source with the same
   * seed.
   *
   * @throws ShardException if the input is missing or damaged, or the output holds something else
   */
  public static IngestResult run(IngestSource source, IngestSettings settings, Configuration hadoop)
      throws IOException, InterruptedException {
    return new Ingest(source, settings, hadoop).run();
  }

  private IngestResult run() throws IOException, InterruptedException {
    ShardSetWriter train = writer(TRAIN);
    ShardSetWriter validation = writer(VALIDATION);
    Optional<ShardSet> foundTrain = train.existing();
    Optional<ShardSet> foundValidation = validation.existing();
    if (foundTrain.isPresent() && foundValidation.isPresent()) {
      return found(List.of(foundTrain.get(), foundValidation.get()));
    }
    try (IngestData data = source.open(hadoop)) {
      boolean validates = data.validation().size() > 0;
      if (foundTrain.isPresent() && !validates) {
        return found(List.of(foundTrain.get()));
      }
      if (data.train().size() == 0) {
        throw new ShardException(
            "No training images in the input of '" + source.description() + "'");
      }
      List<ShardSet> sets = new ArrayList<>();
      sets.add(write(train, foundTrain, data.train(), data.classes()));
      if (validates) {
        sets.add(write(validation, foundValidation, data.validation(), data.classes()));
      }
      return new IngestResult(sets, IngestResult.Outcome.WRITTEN);
    }
  }

  private IngestResult found(List<ShardSet> sets) {
    LOG.info("Shards of '{}' are at {} already", source.description(), settings.output());
    return new IngestResult(sets, IngestResult.Outcome.FOUND);
  }

  private ShardSetWriter writer(String split) throws IOException {
    String location = settings.output().replaceFirst("/+$", "") + "/" + split;
    return new ShardSetWriter(
        location, hadoop, source.description() + " " + split, settings.seed());
  }

  private ShardSet write(
      ShardSetWriter writer, Optional<ShardSet> found, Samples samples, List<String> classes)
      throws IOException, InterruptedException {
    if (found.isPresent()) {
      return found.get();
    }
    int shards =
        settings.shards() > 0 ? settings.shards() : ShardLayout.defaultShards(samples.size());
    ShardLayout layout = new ShardLayout(samples.size(), shards, settings.seed());
    writer.prepare();
    return writer.commit(writeShards(writer, layout, samples, classes), classes);
  }

  private List<Shard> writeShards(
      ShardSetWriter writer, ShardLayout layout, Samples samples, List<String> classes)
      throws IOException, InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(settings.threads());
    try {
      List<Future<Shard>> pending = new ArrayList<>();
      for (int i = 0; i < layout.shards(); i++) {
        int shard = i;
        pending.add(executor.submit(() -> writer.write(shard, layout, samples, classes.size())));
      }
      List<Shard> written = new ArrayList<>();
      long told = System.nanoTime();
      for (Future<Shard> shard : pending) {
        written.add(shard.get());
        if (System.nanoTime() - told >= TELL_NANOS) {
          LOG.info("Shard {} of {} written", written.size(), layout.shards());
          told = System.nanoTime();
        }
      }
      return written;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("Failed to write shards", e.getCause());
    } finally {
      // The others end before the input is closed and the caller is told.
      executor.shutdownNow();
      executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    }
  }
}
