package io.earlybird.model.reparametrization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReparametrizedPassesTest {
  private static final MagnitudeMask MASK = new MagnitudeMask(Tiny.LAYERS, 2, 100);

  /** Two arrays in place of a replica. */
  private static final class TwoArrays implements ReparametrizedPasses.Tensors {
    final Parameters values = Parameters.zeros(Tiny.layout());
    final Parameters gradients = Parameters.zeros(Tiny.layout());

    TwoArrays(float... weights) {
      put(values, weights);
    }

    static void put(Parameters into, float... weights) {
      into.slice("fc.weight").put(0, weights);
    }

    static float[] weights(Parameters of) {
      float[] weights = new float[4];
      of.slice("fc.weight").get(0, weights);
      return weights;
    }

    @Override
    public void read(Parameters into) {
      into.set(values);
    }

    @Override
    public void write(Parameters from) {
      values.set(from);
    }

    @Override
    public void readGradients(Parameters into) {
      into.set(gradients);
    }

    @Override
    public void writeGradients(Parameters from) {
      gradients.set(from);
    }
  }

  @Test
  void passesSeeEffectiveWeightsAndTheUpdateStoredOnes() {
    TwoArrays replica = new TwoArrays(.5f, -.2f, .1f, .8f);
    ReparametrizedPasses passes = new ReparametrizedPasses(Tiny.layout(), replica);
    float[] seen = passes.run(MASK, 0, 1, () -> TwoArrays.weights(replica.values));
    assertThat(seen).containsExactly(.5f, 0, 0, .8f);
    assertThat(TwoArrays.weights(replica.values)).containsExactly(.5f, -.2f, .1f, .8f);
  }

  @Test
  void theLossScaleStaysOnTheGradientAndNotOnWhatIsAdded() {
    TwoArrays replica = new TwoArrays(.5f, -.25f, .125f, .75f);
    ReparametrizedPasses passes = new ReparametrizedPasses(Tiny.layout(), replica);
    SelectiveDecay rule = new SelectiveDecay(Tiny.LAYERS, 2, 0, 1, 1, 0);
    passes.run(
        rule,
        .5,
        8,
        () -> {
          TwoArrays.put(replica.gradients, 8, 16, 24, 32);
          return 0;
        });
    // (g - .5 * w) * 8 for the two largest
    assertThat(TwoArrays.weights(replica.gradients)).containsExactly(6, 16, 24, 29);
  }

  @Test
  void storedWeightsComeBackWhereTheBatchIsRefused() {
    TwoArrays replica = new TwoArrays(.5f, -.2f, .1f, .8f);
    ReparametrizedPasses passes = new ReparametrizedPasses(Tiny.layout(), replica);
    assertThatThrownBy(
            () ->
                passes.run(
                    MASK,
                    0,
                    1,
                    () -> {
                      throw new IllegalArgumentException("refused");
                    }))
        .hasMessage("refused");
    assertThat(TwoArrays.weights(replica.values)).containsExactly(.5f, -.2f, .1f, .8f);
  }

  @Test
  void aMaskEndsWhereValuesAreReplaced() {
    TwoArrays replica = new TwoArrays(.5f, -.2f, .1f, .8f);
    ReparametrizedPasses passes = new ReparametrizedPasses(Tiny.layout(), replica);
    passes.run(MASK, 0, 1, () -> 0);
    TwoArrays.put(replica.values, .1f, -.2f, .5f, .8f);
    assertThat(passes.run(MASK, 0, 1, () -> TwoArrays.weights(replica.values)))
        .containsExactly(0.1f, 0, 0, .8f);
    passes.valuesReplaced();
    assertThat(passes.run(MASK, 0, 1, () -> TwoArrays.weights(replica.values)))
        .containsExactly(0, 0, .5f, .8f);
  }

  @Test
  void nothingIsTouchedWithoutARule() {
    AtomicInteger touched = new AtomicInteger();
    ParameterLayout layout = Tiny.layout();
    ReparametrizedPasses passes =
        new ReparametrizedPasses(
            layout,
            new ReparametrizedPasses.Tensors() {
              @Override
              public void read(Parameters into) {
                touched.incrementAndGet();
              }

              @Override
              public void write(Parameters from) {
                touched.incrementAndGet();
              }

              @Override
              public void readGradients(Parameters into) {
                touched.incrementAndGet();
              }

              @Override
              public void writeGradients(Parameters from) {
                touched.incrementAndGet();
              }
            });
    assertThat(passes.run(Reparametrization.none(), .1, 8, () -> "result")).isEqualTo("result");
    assertThat(touched).hasValue(0);
  }
}
