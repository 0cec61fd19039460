package io.earlybird.spark.evaluation;

import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.replica.ReplicaPool;
import java.io.IOException;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Task of an evaluation: the score of one part of the data. */
final class ScorePart implements Function<Integer, Score> {
  private static final long serialVersionUID = 1;

  private final Broadcast<EvaluationInput> broadcast;

  ScorePart(Broadcast<EvaluationInput> broadcast) {
    this.broadcast = broadcast;
  }

  @Override
  public Score call(Integer part) throws IOException {
    EvaluationInput input = broadcast.value();
    return ReplicaPool.shared().use(input.key(), replica -> score(input, part, replica));
  }

  private static Score score(EvaluationInput input, int part, Replica replica) throws IOException {
    input.loadInto(replica);
    try (BatchStream batches = input.data().open(part, input.parts())) {
      return Score.of(
          batches, replica.network().classes(), batch -> replica.logits(batch, Mode.EVALUATION));
    }
  }
}
