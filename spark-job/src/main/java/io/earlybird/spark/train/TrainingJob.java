package io.earlybird.spark.train;

import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Plan.Decision;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.batches.EvaluationShards;
import io.earlybird.spark.batches.OpenShards;
import io.earlybird.spark.batches.TrainingShards;
import io.earlybird.spark.dl4j.Dl4jSparkRounds;
import io.earlybird.spark.evaluation.BatchNormStatistics;
import io.earlybird.spark.evaluation.Evaluation;
import io.earlybird.spark.evaluation.MeasuringProbe;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.initial.InitialParameters;
import io.earlybird.spark.replica.ReplicaPool;
import io.earlybird.spark.round.ResidentRounds;
import io.earlybird.spark.round.Rounds;
import io.earlybird.spark.settings.Settings;
import java.time.Clock;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One run, from its newest checkpoint or from the beginning to its end.
 *
 * <p>Driver only.
 */
public final class TrainingJob {
  private final JavaSparkContext spark;
  private final Settings settings;
  private final TrainingShards training;
  private final EvaluationShards validation;
  private final InitialParameters initial;
  private final RunFiles files;
  private final RunListener listener;
  private final Policy policy;
  private final Averaging averaging;
  private final Network dense;
  private final ReplicaKeys keys;

  /**
   * A run of these settings.
   *
   * @param training shards to train on
   * @param validation shards to evaluate on
   * @param initial what a new run begins with
   * @param files what the run keeps
   * @param listener is told what happens
   */
  public TrainingJob(
      JavaSparkContext spark,
      Settings settings,
      ShardSet training,
      ShardSet validation,
      InitialParameters initial,
      RunFiles files,
      RunListener listener) {
    this.spark = spark;
    this.settings = settings;
    this.training = DataSets.training(settings, training);
    this.validation = DataSets.evaluation(settings, validation);
    this.initial = initial;
    this.files = files;
    this.listener = listener;
    this.policy = settings.policy();
    this.averaging = AveragingParts.of(settings.averaging());
    this.dense =
        Networks.named(
            settings.network().name(), settings.network().classes(), settings.data().imageSize());
    this.keys =
        new ReplicaKeys(
            spark.sc().applicationId(), settings.engine().name(), settings.engine().threads());
  }

  /**
   * Trains to the end, or until somebody asks to stop.
   *
   * @param stop asked again and again
   * @throws io.earlybird.spark.round.RoundFailedException if a loss or a value is not finite
   * @throws TooManyBadSamplesException if too many samples cannot be decoded
   */
  public Outcome run(StopRequest stop) {
    Probe probe =
        new MeasuringProbe(
            spark,
            state -> keys.of(state, settings.engine().precision().replicas()),
            averaging,
            training);
    Position start = files.newest().orElseGet(() -> first(probe));
    Plan plan = policy.plan(start.state());
    files.show(start.events());
    listener.started(started(start, plan));
    if (plan.decision() == Decision.STOP) {
      return Outcome.NOTHING_LEFT;
    }
    try {
      return loop(probe).run(start.goingOn(), stop);
    } finally {
      ReplicaPool.shared().clear();
      OpenShards.closeAll();
    }
  }

  private Position first(Probe probe) {
    TrainingState begun = TrainingState.initial(dense, initial.values());
    Transition first = policy.next(begun, History.empty(), probe);
    List<Event> events = first.events().stream().map(chronicle()::policyEvent).toList();
    return Position.first(first.state(), events);
  }

  private EpochLoop loop(Probe probe) {
    double tolerated = settings.data().toleratedBadFraction();
    EpochTrainer trainer =
        new EpochTrainer(rounds(), averaging, training, keys, tolerated, listener);
    Validation judge =
        new Validation(
            new Evaluation(spark, validation),
            new BatchNormStatistics(spark, averaging, training),
            settings.averaging().bnRecalibrationBatches(),
            keys,
            validation.samples(),
            tolerated);
    EpochAveraging swa =
        new EpochAveraging(
            settings.optimizer().swaStart(),
            new Evaluation(spark, validation),
            new BatchNormStatistics(spark, averaging, training),
            keys,
            training.stepsPerEpoch(),
            Clock.systemUTC());
    SaveRule saves =
        new SaveRule(settings.checkpoint().everyEpochs(), settings.checkpoint().insideEpoch());
    return new EpochLoop(policy, probe, trainer, judge, swa, chronicle(), files, saves, listener);
  }

  private Rounds rounds() {
    return switch (settings.averaging().implementation()) {
      case RESIDENT -> new ResidentRounds(spark, averaging, training);
      case DL4J_SPARK ->
          new Dl4jSparkRounds(spark, averaging, training, settings.averaging().batchSize());
    };
  }

  private Chronicle chronicle() {
    return new Chronicle(
        dense,
        training.samples(),
        settings.run().epochs(),
        phase -> settings.precision(phase).eightBit(),
        Clock.systemUTC());
  }

  private RunListener.Start started(Position start, Plan plan) {
    return new RunListener.Start(
        settings.run().name(),
        plan.epochs(),
        start.state().completedEpochs(),
        training.samples(),
        training.stepsPerEpoch(),
        start.events());
  }
}
