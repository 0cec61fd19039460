package io.earlybird.spark.cli;

import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.network.Network;
import io.earlybird.spark.initial.InitialParameters;
import io.earlybird.spark.live.LiveRun;
import io.earlybird.spark.run.RunDirectory;
import io.earlybird.spark.run.RunIdentity;
import io.earlybird.spark.settings.RunSettings.LivePage;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.submit.ClusterKind;
import io.earlybird.spark.submit.Master;
import io.earlybird.spark.submit.MemoryEstimate;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A run whose settings, data and memory have been looked at and found good.
 *
 * @param run settings, identity and engine
 * @param train shards to train on
 * @param validation shards to evaluate on
 * @param initial what the run begins with
 * @param directory of the run
 * @param engine that trains
 * @param memory estimated
 * @param master of Spark
 */
record TrainingPlan(
    RunIdentity run,
    ShardSet train,
    ShardSet validation,
    InitialParameters initial,
    RunDirectory directory,
    Engine engine,
    MemoryEstimate memory,
    Master master) {
  Settings settings() {
    return run.settings();
  }

  /** Whether Spark's UI is to show the run while it goes on. */
  boolean showsLivePage() {
    return switch (settings().run().livePage()) {
      case LOCAL -> master.kind() == ClusterKind.LOCAL;
      case ON -> true;
      case OFF -> false;
    };
  }

  /** Where Spark's UI shows the run, or why it does not although the settings ask for it. */
  Optional<String> livePage(JavaSparkContext spark) {
    Optional<String> page =
        showsLivePage() ? LiveRun.address(spark).map(uri -> "live page: " + uri) : Optional.empty();
    return page.isEmpty() && settings().run().livePage() == LivePage.ON
        ? Optional.of(
            "run.live-page = on shows nothing, because Spark has no UI:"
                + " say --spark spark.ui.enabled=true, or --set run.live-page=off")
        : page;
  }

  void print(PrintWriter out) {
    Settings settings = settings();
    Network network = settings.denseNetwork();
    OperationCount count = OperationCount.of(network);
    long batch = settings.averaging().globalBatchSize();
    line(out, "run", directory.uri());
    line(out, "fingerprint", run.fingerprint());
    line(
        out,
        "network",
        String.format(
            Locale.ROOT,
            "%s, %,d parameters, %,d FLOPs an image",
            network,
            count.parameters(),
            count.paperFlops()));
    initial
        .sha256()
        .ifPresent(
            sha256 ->
                line(
                    out,
                    "begins with",
                    settings.network().initialParameters() + ", SHA-256 " + sha256));
    line(out, "train", describe(train));
    line(out, "validation", describe(validation));
    line(
        out,
        "epochs",
        String.format(
            Locale.ROOT,
            "%d of %,d steps; %d replicas of batch %d, %d steps a round, %d tasks",
            settings.run().epochs(),
            (train.samples() + batch - 1) / batch,
            settings.averaging().replicas(),
            settings.averaging().batchSize(),
            settings.averaging().stepsPerRound(),
            settings.averaging().tasks()));
    line(out, "learning rate", settings.recipe().schedule().describe());
    line(out, "policy", settings.policy().name());
    line(
        out,
        "engine",
        run.engine()
            + ", "
            + settings.engine().precision().name().toLowerCase(Locale.ROOT)
            + ", "
            + settings.engine().threads()
            + " threads, "
            + engine.instructionSet());
    line(out, "master", master.url());
    line(out, "memory", memory.toString());
    out.flush();
  }

  private static String describe(ShardSet set) {
    return String.format(
        Locale.ROOT,
        "%s, %,d images of %,d classes in %,d shards",
        set.directory(),
        set.samples(),
        set.classes().size(),
        set.shards().size());
  }

  private static void line(PrintWriter out, String name, String text) {
    out.printf(Locale.ROOT, "%-14s %s%n", name, text);
  }
}
