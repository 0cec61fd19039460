package io.earlybird.engine.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * The gradients that have arrived at the outputs of steps, on the way back. Owns them, whatever the
 * surrounding scope, until they are taken and released.
 *
 * <p>A sum sends one gradient to all its terms; it may be overwritten once a single step has it.
 */
final class Arrivals implements AutoCloseable {
  /** A gradient, and how many steps wait with it. */
  static final class Gradient {
    private final Tensor tensor;
    private int holders;

    Gradient(Tensor tensor) {
      this.tensor = tensor;
      tensor.retainReference();
    }

    Tensor tensor() {
      return tensor;
    }

    /** Whether no step waits with it, so that whoever has taken it may overwrite it. */
    boolean exclusive() {
      return holders == 0;
    }

    /** Frees it unless a step waits with it. */
    void release() {
      if (holders == 0) {
        tensor.releaseReference();
      }
    }
  }

  private final Gradient[] waiting;

  Arrivals(int steps) {
    waiting = new Gradient[steps];
  }

  /** Adds a gradient, which is not changed by that and still has to be released, to a step. */
  void add(int step, Gradient gradient) {
    Gradient present = waiting[step];
    if (present == null) {
      wait(step, gradient);
    } else if (present.holders == 1 && present != gradient) {
      present.tensor.add_(gradient.tensor, new Scalar(1.0f));
    } else {
      Gradient sum = new Gradient(torch.add(present.tensor, gradient.tensor, new Scalar(1.0f)));
      present.holders--;
      wait(step, sum);
    }
  }

  private void wait(int step, Gradient gradient) {
    gradient.holders++;
    waiting[step] = gradient;
  }

  /**
   * What has arrived at a step so far, if more may be added to it in its memory and that is in
   * channels-last order, else null.
   */
  Tensor growing(int step) {
    Gradient present = waiting[step];
    boolean grows =
        present != null
            && present.holders == 1
            && present.tensor.is_contiguous(MemoryFormat.ChannelsLast);
    return grows ? present.tensor : null;
  }

  /** What has arrived at a step, to be released; null if nothing has. */
  Gradient take(int step) {
    Gradient gradient = waiting[step];
    if (gradient != null) {
      gradient.holders--;
      waiting[step] = null;
    }
    return gradient;
  }

  @Override
  public void close() {
    for (int i = 0; i < waiting.length; i++) {
      Gradient left = take(i);
      if (left != null) {
        left.release();
      }
    }
  }
}
