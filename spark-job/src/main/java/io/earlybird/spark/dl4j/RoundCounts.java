package io.earlybird.spark.dl4j;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.spark.round.RoundMetrics;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts on the workers what dl4j-spark does not report: samples, loss and right answers, from the
 * logits of each forward pass.
 */
final class RoundCounts extends BaseTrainingListener implements Serializable {
  private static final long serialVersionUID = 1;

  private final String logitsNode;
  private final LongAccumulator samples;
  private final LongAccumulator correct;
  private final LongAccumulator badSamples;
  private final DoubleAccumulator lossSum;
  private final CollectionAccumulator<String> instructionSets;
  private transient float[][] logits;

  RoundCounts(JavaSparkContext spark, String logitsNode) {
    this.logitsNode = logitsNode;
    this.samples = spark.sc().longAccumulator();
    this.correct = spark.sc().longAccumulator();
    this.badSamples = spark.sc().longAccumulator();
    this.lossSum = spark.sc().doubleAccumulator();
    this.instructionSets = spark.sc().collectionAccumulator();
  }

  LongAccumulator badSamples() {
    return badSamples;
  }

  /** One name for each task of a replica. */
  CollectionAccumulator<String> instructionSets() {
    return instructionSets;
  }

  /** Keeps the logits: the labels are known after the backward pass only. */
  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    logits = activations.get(logitsNode).toFloatMatrix();
  }

  @Override
  public void onBackwardPass(Model model) {
    IOutputLayer output = (IOutputLayer) ((ComputationGraph) model).getOutputLayer(0);
    float[][] labels = output.getLabels().toFloatMatrix();
    for (int i = 0; i < logits.length; i++) {
      count(logits[i], labels[i]);
    }
  }

  /** Loss is -sum_c t_c log p_c with t the labels, smoothed or not. */
  private void count(float[] row, float[] labels) {
    int answer = largest(row);
    double sum = 0;
    for (float logit : row) {
      sum += Math.exp(logit - row[answer]);
    }
    double logSum = row[answer] + Math.log(sum);
    double loss = 0;
    for (int c = 0; c < row.length; c++) {
      loss += labels[c] * (logSum - row[c]);
    }
    samples.add(1);
    correct.add(answer == largest(labels) ? 1 : 0);
    lossSum.add(loss);
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int c = 1; c < values.length; c++) {
      if (values[c] > values[largest]) {
        largest = c;
      }
    }
    return largest;
  }

  /** The counts of the round; dl4j-spark does not tell apart what its time goes to. */
  RoundMetrics metrics(double seconds) {
    return new RoundMetrics(
        samples.value(),
        lossSum.value(),
        correct.value(),
        new ReadReport(samples.value(), badSamples.value(), List.of(), 0, 0),
        new RoundMetrics.Seconds(seconds, seconds, 0, 0, 0),
        new HashSet<>(instructionSets.value()));
  }
}
