package io.earlybird.benchmarks.rounds;

import io.earlybird.benchmarks.contest.Recipe;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.schedule.ConstantRate;
import io.earlybird.spark.replica.ReplicaKey;
import io.earlybird.spark.round.ResidentRounds;
import io.earlybird.spark.round.RoundMetrics.Seconds;
import io.earlybird.spark.round.RoundRequest;
import io.earlybird.spark.round.RoundSteps;
import io.earlybird.spark.round.Rounds;
import org.apache.spark.api.java.JavaSparkContext;

/** A round of this project on replicas that compute nothing. */
final class ResidentRound implements Round {
  private final Rounds rounds;
  private final RoundRequest request;

  ResidentRound(JavaSparkContext spark, RoundCase test) {
    Network network = test.network();
    Parameters initial = test.initial();
    rounds = new ResidentRounds(spark, test.averaging(), new ReplicaNumbers(test.replicas()));
    request =
        new RoundRequest(
            new ReplicaKey(
                spark.sc().applicationId(),
                0,
                NetworkJson.write(network),
                StillEngine.NAME,
                Precision.FLOAT32,
                1),
            network,
            new RoundSteps(0, 1, 0, 1, 1, new ConstantRate(Recipe.LEARNING_RATE)),
            Recipe.rule(),
            initial,
            Parameters.zeros(initial.layout()));
  }

  @Override
  public Seconds run() {
    return rounds.run(request).metrics().seconds();
  }

  /** The mean that a round answers. */
  Parameters mean() {
    return rounds.run(request).parameters();
  }
}
