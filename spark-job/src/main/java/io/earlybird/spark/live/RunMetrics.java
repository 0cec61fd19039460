package io.earlybird.spark.live;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.EpochSeconds;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.events.SwitchEvent;
import io.earlybird.spark.events.TicketEvent;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.metrics.source.Source;

/**
 * The figures of a run as gauges under {@code earlybird}, named as in {@code events.jsonl}; ratios
 * as percentages, for example {@code maskDistance.p50}. A gauge appears when its value is known
 * first.
 */
final class RunMetrics implements Source, RunListener {
  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Double> values = new ConcurrentHashMap<>();

  @Override
  public String sourceName() {
    return "earlybird";
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  @Override
  public void started(Start start) {
    set("epochs", start.epochs());
    set("epoch", start.completedEpochs());
    set("stepsPerEpoch", start.stepsPerEpoch());
    start.past().forEach(this::happened);
  }

  @Override
  public void roundEnded(Round round) {
    set("step", round.steps());
    set("trainLoss", round.meanLoss());
    set("imagesPerSecond", round.imagesPerSecond());
  }

  @Override
  public void happened(Event event) {
    if (event instanceof EpochEvent epoch) {
      tell(epoch);
      tell(epoch.seconds());
    } else if (event instanceof TicketEvent ticket) {
      set("ticketEpoch." + percent(Double.toString(ticket.ratio())), ticket.epoch());
    } else if (event instanceof SwitchEvent change) {
      set("switchEpoch", change.epoch());
    }
  }

  private void tell(EpochEvent epoch) {
    set("epoch", epoch.epoch());
    set("generation", epoch.generation());
    set("learningRate", epoch.learningRate());
    set("trainLoss", epoch.trainLoss());
    set("trainTop1", epoch.trainTop1());
    set("validationLoss", epoch.validationLoss());
    set("validationTop1", epoch.validationTop1());
    set("validationTop5", epoch.validationTop5());
    set("imagesPerSecond", epoch.imagesPerSecond());
    set("parameters", (double) epoch.parameters());
    set("paperFlopsPerImage", (double) epoch.paperFlopsPerImage());
    set("trainingPaperFlops", (double) epoch.trainingPaperFlops());
    epoch
        .maskDistance()
        .forEach((ratio, distance) -> set("maskDistance." + percent(ratio), distance));
  }

  private void tell(EpochSeconds seconds) {
    set("seconds.total", seconds.total());
    set("seconds.compute", seconds.compute());
    set("seconds.data", seconds.data());
    set("seconds.broadcast", seconds.broadcast());
    set("seconds.average", seconds.average());
    set("seconds.evaluate", seconds.evaluate());
    set("seconds.mask", seconds.mask());
    set("seconds.checkpoint", seconds.checkpoint());
  }

  private void set(String name, double value) {
    if (!Double.isNaN(value) && values.put(name, value) == null) {
      Gauge<Double> gauge = () -> values.get(name);
      registry.register(name, gauge);
    }
  }

  /** For example {@code p50}, as in the names of tickets. */
  private static String percent(String ratio) {
    return "p" + new BigDecimal(ratio).movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
