package io.earlybird.benchmarks.race;

import io.earlybird.benchmarks.contest.Assignment;
import io.earlybird.benchmarks.contest.Contestant;
import io.earlybird.benchmarks.contest.EngineContestant;
import io.earlybird.benchmarks.libtorch.LibtorchLoop;
import io.earlybird.benchmarks.libtorch.LibtorchLoop.Format;
import io.earlybird.benchmarks.stock.StockLoop;

/** The ways to train that can be compared. */
public enum Kind {
  /** libtorch's own loop, [N, C, H, W]. */
  LIBTORCH("libtorch") {
    @Override
    Contestant open(Assignment assignment) {
      return new LibtorchLoop(assignment, Format.PLAIN);
    }
  },
  /** libtorch's own loop, [N, H, W, C]. */
  LIBTORCH_NHWC("libtorch-nhwc") {
    @Override
    Contestant open(Assignment assignment) {
      return new LibtorchLoop(assignment, Format.CHANNELS_LAST);
    }
  },
  /** The torch engine. */
  TORCH("torch") {
    @Override
    Contestant open(Assignment assignment) {
      return new EngineContestant(label(), assignment);
    }
  },
  /** The dl4j engine. */
  DL4J("dl4j") {
    @Override
    Contestant open(Assignment assignment) {
      return new EngineContestant(label(), assignment);
    }
  },
  /** DL4J's own layers. */
  STOCK("stock") {
    @Override
    Contestant open(Assignment assignment) {
      return new StockLoop(assignment);
    }
  };

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** Name on the command line and in tables. */
  public String label() {
    return label;
  }

  /** Whether it is the peer that engines are measured against. */
  public boolean peer() {
    return this == LIBTORCH || this == LIBTORCH_NHWC;
  }

  /** Whether it is one of this project's engines. */
  public boolean engine() {
    return this == TORCH || this == DL4J;
  }

  abstract Contestant open(Assignment assignment);
}
