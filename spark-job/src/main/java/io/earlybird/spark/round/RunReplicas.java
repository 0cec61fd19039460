package io.earlybird.spark.round;

import io.earlybird.spark.replica.ReplicaPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/** First stage of a round: each task runs its replicas and answers the pieces of their mean. */
final class RunReplicas implements PairFlatMapFunction<Iterator<Integer>, Integer, Piece> {
  private static final long serialVersionUID = 1;

  private final Broadcast<RoundInput> broadcast;

  RunReplicas(Broadcast<RoundInput> broadcast) {
    this.broadcast = broadcast;
  }

  @Override
  public Iterator<Tuple2<Integer, Piece>> call(Iterator<Integer> tasks) throws IOException {
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    while (tasks.hasNext()) {
      long start = System.nanoTime();
      RoundInput input = broadcast.value();
      TaskRun run = new TaskRun(input, tasks.next(), System.nanoTime() - start);
      pieces.addAll(ReplicaPool.shared().use(input.key(), run::pieces));
    }
    return pieces.iterator();
  }
}
