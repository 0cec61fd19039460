package io.earlybird.spark.evaluation;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.batches.EvaluationData;
import io.earlybird.spark.replica.ReplicaKey;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Loss, top-1 and top-5 of a state, exact over a whole set of samples.
 *
 * <p>Driver only.
 */
public final class Evaluation {
  /** Samples of a task, at most; a constant, so that batches do not depend on the cluster. */
  private static final int SAMPLES_PER_PART = 512;

  private final JavaSparkContext spark;
  private final EvaluationData data;

  /** Evaluates on these samples. */
  public Evaluation(JavaSparkContext spark, EvaluationData data) {
    this.spark = spark;
    this.data = data;
  }

  /**
   * The score of a state.
   *
   * @param what shown with the job, for example {@code epoch 3}
   */
  public Score score(ReplicaKey key, Parameters parameters, String what) {
    List<Integer> parts = IntStream.range(0, parts(data)).boxed().toList();
    EvaluationInput input =
        new EvaluationInput(key, new FloatVector(parameters.values()), data, parts.size());
    Broadcast<EvaluationInput> broadcast = spark.broadcast(input);
    try {
      spark.setJobDescription(what + ": evaluation on " + data.samples() + " samples");
      spark.setCallSite("evaluate");
      List<Score> scores =
          spark.parallelize(parts, parts.size()).map(new ScorePart(broadcast)).collect();
      return scores.stream().reduce(Score.none(key.network().classes()), Score::plus);
    } finally {
      spark.clearCallSite();
      broadcast.destroy();
    }
  }

  static int parts(EvaluationData data) {
    return Math.toIntExact(Math.max(1, (data.samples() + SAMPLES_PER_PART - 1) / SAMPLES_PER_PART));
  }
}
