package io.earlybird.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.EpochSeconds;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.GammaHistogram;
import io.earlybird.spark.events.PruneEvent;
import io.earlybird.spark.events.SummaryEvent;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.events.SwitchEvent;
import io.earlybird.spark.events.TicketEvent;
import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Made-up runs of ResNet-50 on ImageNet, which settle, switch and end as real ones do. */
final class RunRecords {
  static final int SWITCH = 20;
  private static final Network RESNET50 = Networks.named("resnet50");
  private static final long EPOCH_FLOPS = 1_000_000_000_000L;

  private RunRecords() {}

  /** A run after that many of 90 epochs. */
  static RunRecord after(int epochs) {
    return after(epochs, "imagenet-nightly");
  }

  static RunRecord after(int epochs, String name) {
    List<Event> events = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      events.add(epoch(epoch));
      if (epoch == SWITCH) {
        events.add(new TicketEvent(time(epoch), epoch, 0.5, "consecutive", distances(epoch)));
        events.add(change(epoch));
      }
    }
    if (epochs == 90) {
      long spent = flops(90);
      events.add(
          new SummaryEvent(time(90), 90, 0.75, 0.76, spent, 90 * EPOCH_FLOPS, 0.4, 86_400, 1.0e6));
    }
    Map<Double, MaskHistory> masks = new TreeMap<>();
    for (double ratio : new double[] {0.3, 0.5, 0.7}) {
      masks.put(ratio, masks(Math.min(epochs, SWITCH), ratio));
    }
    SortedMap<Double, MaskHistory> shown = new TreeMap<>(epochs == 0 ? Map.of() : masks);
    return new RunRecord(
        "hdfs:///runs/nightly", config(name, "early-bird"), events, shown, Optional.empty());
  }

  /** A run of four epochs that masks nine weights in ten, with a mean over the last two. */
  static RunRecord masked() {
    List<Event> events = new ArrayList<>();
    for (int epoch = 1; epoch <= 4; epoch++) {
      events.add(epoch(epoch));
      if (epoch > 2) {
        events.add(new SwaEvent(time(epoch), epoch, epoch - 2, 0.5, 0.77 + 0.01 * epoch));
      }
      switch (epoch) {
        case 1 -> events.add(pruned(epoch, 900, 0));
        case 2 -> events.add(pruned(epoch, 500, 0.2));
        case 4 -> events.add(pruned(epoch, 100, 0.05));
        default -> {}
      }
    }
    long spent = flops(4);
    events.add(
        new SummaryEvent(
            time(4), 4, epoch(4).validationTop1() - 0.05, 0.53, spent, spent, 0, 3600, 1.0e5));
    return new RunRecord(
        "hdfs:///runs/masked", config("masked", "gmp"), events, new TreeMap<>(), Optional.empty());
  }

  private static PruneEvent pruned(int epoch, int active, double lost) {
    double before = epoch(epoch).validationTop1();
    return new PruneEvent(
        time(epoch), epoch, 1 - active / 1000.0, "gmp", 1000, active, before, before - lost);
  }

  private static ObjectNode config(String name, String policy) {
    Settings settings =
        Settings.of(List.of("data.train=/t", "data.validation=/v", "sparsity.policy=" + policy));
    try {
      ObjectNode config = (ObjectNode) new ObjectMapper().readTree(settings.json());
      config.withObject("/earlybird/run").put("name", name);
      config.put("fingerprint", "0123456789abcdef");
      config.putObject("identity").put("data.train.sha256", "aa");
      config.putObject("engine").put("name", "dl4j").put("build", "1.0");
      return config;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Settings are no JSON", e);
    }
  }

  private static EpochEvent epoch(int epoch) {
    boolean search = epoch <= SWITCH;
    double error = 1.0 / (1 + 0.2 * epoch);
    Map<String, Double> distance = new TreeMap<>();
    if (search && epoch > 1) {
      for (String ratio : List.of("0.3", "0.5", "0.7")) {
        distance.put(ratio, 0.5 / epoch * Double.parseDouble(ratio));
      }
    }
    List<Integer> histogram = new ArrayList<>(Collections.nCopies(GammaHistogram.BINS, 100));
    histogram.set(0, 10 * epoch);
    return new EpochEvent(
        time(epoch),
        epoch,
        search ? Phase.SEARCH : Phase.RETRAIN,
        search ? 0 : 1,
        0.1,
        5 * error,
        0.9 - error / 2,
        5.5 * error,
        0.8 - error / 2,
        0.95 - error / 2,
        distance,
        search ? 2000 : 4000,
        new EpochSeconds(960, 800, 20, 10, 20, 80, 1, 9),
        search ? 25_557_032 : 11_000_000,
        search ? 8_000_000_000L : 3_500_000_000L,
        flops(epoch),
        histogram);
  }

  private static long flops(int epoch) {
    int dense = Math.min(epoch, SWITCH);
    return dense * EPOCH_FLOPS + (epoch - dense) * (EPOCH_FLOPS * 4 / 10);
  }

  private static List<Double> distances(int epoch) {
    return List.of(0.05, 0.04, 0.03, 0.02, 0.25 / epoch);
  }

  private static SwitchEvent change(int epoch) {
    Map<String, Integer> kept = new LinkedHashMap<>();
    BatchNormChannels.of(RESNET50)
        .layers()
        .forEach(layer -> kept.put(layer.node().name(), layer.count() * 5 / 9));
    return new SwitchEvent(
        time(epoch), epoch, 0.5, "union", 25_557_032, 11_000_000, 8_000, 3_500, kept, 0.7, 0.6);
  }

  /** Masks whose changes become rarer. */
  private static MaskHistory masks(int epochs, double ratio) {
    int channels = BatchNormChannels.of(RESNET50).total();
    Random random = new Random(7);
    BitSet kept = new BitSet(channels);
    kept.set((int) (ratio * channels), channels);
    List<Mask> masks = new ArrayList<>();
    for (int epoch = 0; epoch <= epochs; epoch++) {
      for (int flip = 0; flip < channels / (4 * (epoch + 1)); flip++) {
        kept.flip(random.nextInt(channels));
      }
      masks.add(Mask.of(kept, channels));
    }
    return new MaskHistory(masks);
  }

  private static Instant time(int epoch) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(960L * epoch);
  }
}
