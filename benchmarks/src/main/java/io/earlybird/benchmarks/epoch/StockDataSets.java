package io.earlybird.benchmarks.epoch;

import io.earlybird.benchmarks.stock.StockBatch;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.round.RoundSteps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The batches of one replica in one round, as stock layers take them. */
final class StockDataSets implements FlatMapFunction<Integer, MultiDataSet> {
  private static final long serialVersionUID = 1;

  private final TrainingData data;
  private final RoundSteps steps;
  private final int classes;

  StockDataSets(TrainingData data, RoundSteps steps, int classes) {
    this.data = data;
    this.steps = steps;
    this.classes = classes;
  }

  @Override
  public Iterator<MultiDataSet> call(Integer replica) throws IOException {
    List<MultiDataSet> copies = new ArrayList<>();
    try (BatchStream batches = data.open(steps.epoch(), replica, steps.from(), steps.to())) {
      while (batches.next()) {
        copies.add(StockBatch.of(batches.batch(), classes).toMultiDataSet());
      }
    }
    return copies.iterator();
  }
}
