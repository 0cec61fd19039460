package io.earlybird.spark.dl4j;

import io.earlybird.engine.dl4j.FittedGraph;
import io.earlybird.model.engine.Engines;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.round.RoundSteps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The batches of one replica in one round, in DL4J's form. */
final class ReplicaDataSets implements FlatMapFunction<Integer, MultiDataSet> {
  private static final long serialVersionUID = 1;
  private static final String ENGINE = "dl4j";

  private final TrainingData data;
  private final RoundSteps steps;
  private final int classes;
  private final double labelSmoothing;
  private final LongAccumulator badSamples;
  private final CollectionAccumulator<String> instructionSets;

  ReplicaDataSets(
      TrainingData data,
      RoundSteps steps,
      int classes,
      double labelSmoothing,
      LongAccumulator badSamples,
      CollectionAccumulator<String> instructionSets) {
    this.data = data;
    this.steps = steps;
    this.classes = classes;
    this.labelSmoothing = labelSmoothing;
    this.badSamples = badSamples;
    this.instructionSets = instructionSets;
  }

  @Override
  public Iterator<MultiDataSet> call(Integer replica) throws IOException {
    List<MultiDataSet> copies = new ArrayList<>();
    try (BatchStream batches = data.open(steps.epoch(), replica, steps.from(), steps.to())) {
      while (batches.next()) {
        copies.add(FittedGraph.dataSet(batches.batch(), classes, labelSmoothing).toMultiDataSet());
      }
      badSamples.add(batches.report().badSamples());
    }
    instructionSets.add(Engines.named(ENGINE).instructionSet());
    return copies.iterator();
  }
}
