package io.earlybird.model.reparametrization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.parameters.ParameterLayout;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The examples of specification 6.2 and 6.8 to 6.13, and what follows from their formulas. */
class WorkedNumbersTest {
  private static final double[] WEIGHTS = {.5, -.2, .1, .8};
  private static final double[] GRADIENTS = {.1, -.6, .3, .01};

  /** The examples have five or six digits. */
  private static final double DIGITS = 5e-6;

  /** A rule at work on the four weights. */
  private static final class Work {
    final ParameterLayout layout;
    final WeightMap map;
    final double[] stored;
    final double[] gradient;

    Work(Reparametrization rule, double... weights) {
      layout = Tiny.layout(rule);
      map = rule.on(layout);
      stored = new double[layout.length()];
      gradient = new double[layout.length()];
      put(stored, weights);
    }

    void put(double[] values, double... weights) {
      System.arraycopy(weights, 0, values, Tiny.weights().offset(), weights.length);
    }

    Work auxiliary(String tensor, double... values) {
      System.arraycopy(values, 0, stored, layout.entry(tensor).offset(), values.length);
      return this;
    }

    double[] effective() {
      double[] effective = stored.clone();
      map.toEffective(Numbers.of(stored), Numbers.of(effective));
      return of(effective, "fc.weight");
    }

    Work pullBack(double weightDecay, double... gradients) {
      put(gradient, gradients);
      map.pullBack(Numbers.of(stored), Numbers.of(gradient), weightDecay);
      return this;
    }

    double[] of(double[] values, String tensor) {
      ParameterLayout.Entry entry = layout.entry(tensor);
      return Arrays.copyOfRange(values, entry.offset(), entry.end());
    }

    double[] gradient(String tensor) {
      return of(gradient, tensor);
    }
  }

  private static void assertClose(double[] found, double... expected) {
    assertThat(found).containsExactly(expected, within(DIGITS));
  }

  @Test
  void dnwUsesTheLargestWeightsAndPassesTheGradientToAll() {
    Work dnw = new Work(new MagnitudeMask(Tiny.LAYERS, 2, 1), WEIGHTS);
    assertThat(dnw.effective()).containsExactly(.5, 0, 0, .8);
    assertThat(dnw.pullBack(.1, GRADIENTS).gradient("fc.weight")).containsExactly(GRADIENTS);
  }

  @Test
  void dnwMasksWhatTiesWithTheThreshold() {
    Work dnw = new Work(new MagnitudeMask(Tiny.LAYERS, 1, 1), .5, -.1, .1, .8);
    assertThat(dnw.effective()).containsExactly(.5, 0, 0, .8);
  }

  @Test
  void aMaskOfDpfLastsForItsStepsAndFollowsTheWeightsThen() {
    Work dpf = new Work(new MagnitudeMask(Tiny.LAYERS, 2, 3), WEIGHTS);
    assertThat(dpf.effective()).containsExactly(.5, 0, 0, .8);
    dpf.put(dpf.stored, .1, -.9, .2, .8);
    assertThat(dpf.effective()).containsExactly(.1, 0, 0, .8);
    assertThat(dpf.effective()).containsExactly(.1, 0, 0, .8);
    assertThat(dpf.effective()).containsExactly(0, -.9, 0, .8);
  }

  @Test
  void strShrinksByTheSigmoidOfItsScalar() {
    Work str =
        new Work(new SoftThreshold(Tiny.LAYERS, -2, 0), .5, -.1, -.3, .1)
            .auxiliary("fc.weight.threshold", -2);
    assertClose(str.effective(), .380797, 0, -.180797, 0);
    str.pullBack(.1, .2, .4, -.6, .8);
    assertThat(str.gradient("fc.weight")).containsExactly(.2, 0, -.6, 0);
    // sigmoid'(-2) = .119203 * .880797 = .104994; active g * sign(w): .2 + .6
    assertClose(str.gradient("fc.weight.threshold"), -.8 * .104994);
  }

  @Test
  void strDecaysItsScalarBesideTheUpdate() {
    Work str =
        new Work(new SoftThreshold(Tiny.LAYERS, -2, .05), .5, -.1, -.3, .1)
            .auxiliary("fc.weight.threshold", -2);
    str.pullBack(.1, .2, .4, -.6, .8);
    assertThat(str.gradient("fc.weight")).containsExactly(.2, 0, -.6, 0);
    assertClose(str.gradient("fc.weight.threshold"), -.8 * .104994 + .05 * -2);
  }

  @Test
  void theSurrogateOfDstIsThatOfTheTable() {
    DoubleUnaryOperator slope = UnitThreshold::slope;
    assertThat(Arrays.stream(new double[] {0, .2, .4, .5, 1, 1.1}).map(slope).toArray())
        .containsExactly(new double[] {2, 1.2, .4, .4, .4, 0}, within(1e-12));
    assertThat(UnitThreshold.slope(-.2)).isEqualTo(UnitThreshold.slope(.2));
  }

  @Test
  void dstMasksByTheThresholdOfTheUnitAndMovesIt() {
    Work dst =
        new Work(new UnitThreshold(Tiny.LAYERS, .01), WEIGHTS)
            .auxiliary("fc.weight.threshold", .3, .1);
    // |w| - t = .2, -.1 in the first unit; 0, .7 in the second; at 0 a weight is masked
    assertThat(dst.effective()).containsExactly(.5, 0, 0, .8);
    dst.pullBack(.1, GRADIENTS);
    // slopes 1.2, 1.6, 2, .4
    assertClose(
        dst.gradient("fc.weight"),
        .1 + .1 * .5 * 1.2,
        0 + -.6 * -.2 * 1.6 * -1,
        0 + .3 * .1 * 2,
        .01 + .01 * .8 * .4);
    assertClose(
        dst.gradient("fc.weight.threshold"),
        -(.1 * .5 * 1.2 + -.6 * -.2 * 1.6) - .01 * Math.exp(-.3),
        -(.3 * .1 * 2 + .01 * .8 * .4) - .01 * Math.exp(-.1));
  }

  @Test
  void aLayerThatDstHasEmptiedBeginsAnew() {
    Work dst =
        new Work(new UnitThreshold(Tiny.LAYERS, .01), WEIGHTS)
            .auxiliary("fc.weight.threshold", .9, .9);
    assertThat(dst.effective()).containsExactly(WEIGHTS);
    assertThat(dst.of(dst.stored, "fc.weight.threshold")).containsExactly(0, 0);
  }

  private static SoftMask cs(double sharpness) {
    return new SoftMask(Tiny.LAYERS, -.1, 1e-8, 300, 100, sharpness);
  }

  @Test
  void csScalesBySoftMasksThatHarden() {
    double[] half = {.5, .5, .5, .5};
    double[] masks = {-.1, .2, -.2, .02};
    Work soft = new Work(cs(1), half).auxiliary("fc.weight.mask", masks);
    assertThat(soft.effective()[0]).isCloseTo(.5, within(1e-15));
    Work sharper = new Work(cs(10), half).auxiliary("fc.weight.mask", masks);
    assertThat(sharper.effective()[1]).isCloseTo(.92711, within(DIGITS));
    assertThat(sharper.effective()[2]).isCloseTo(.12547, within(DIGITS));
    Work sharp = new Work(cs(300), half).auxiliary("fc.weight.mask", masks);
    assertThat(sharp.effective()[3]).isCloseTo(1.04998, within(DIGITS));
    Work hard = new Work(cs(300).atEnd(), half).auxiliary("fc.weight.mask", masks);
    assertClose(hard.effective(), 0, 2.10517 / 2, 0, 2.10517 / 2);
  }

  @Test
  void csSharpensFromOneToItsFinalSharpnessGeometrically() {
    assertThat(cs(1).after(0).sharpness()).isEqualTo(1);
    assertThat(cs(1).after(50).sharpness()).isCloseTo(Math.sqrt(300), within(1e-9));
    assertThat(cs(1).after(100).sharpness()).isCloseTo(300, within(1e-9));
  }

  @Test
  void csTakesOffTheDecayThatMasksWouldGet() {
    SoftMask rule = new SoftMask(Tiny.LAYERS, 0, 0, 300, 100, 10);
    Work cs = new Work(rule, WEIGHTS).auxiliary("fc.weight.mask", .3, -.2, .1, 0);
    assertClose(cs.pullBack(.1, 0, 0, 0, 0).gradient("fc.weight.mask"), -.03, .02, -.01, 0);
  }

  @Test
  void gsmKeepsTheGradientOfTheLargestProducts() {
    Work gsm = new Work(new TopGradient(Tiny.LAYERS, 2, 0), WEIGHTS);
    assertThat(gsm.effective()).containsExactly(WEIGHTS);
    assertThat(gsm.pullBack(.1, GRADIENTS).gradient("fc.weight")).containsExactly(.1, -.6, 0, 0);
  }

  @Test
  void gsmDecaysAllOfItsWeightsBesideTheUpdate() {
    Work gsm = new Work(new TopGradient(Tiny.LAYERS, 2, .5), WEIGHTS);
    assertClose(gsm.pullBack(.1, GRADIENTS).gradient("fc.weight"), .1 + .25, -.6 - .1, .05, .4);
  }

  @Test
  void lcDecaysTheSmallestWeightsBesideTheUpdate() {
    Work lc = new Work(new SelectiveDecay(Tiny.LAYERS, 2, .5, 1, 1, 0), WEIGHTS);
    // the update adds .1 * w: nothing is left on the largest, .6 * w on the others
    assertClose(lc.pullBack(.1, 0, 0, 0, 0).gradient("fc.weight"), -.05, -.1, .05, -.08);
  }

  @Test
  void theDecayOfLcGrowsGeometrically() {
    SelectiveDecay start = new SelectiveDecay(Tiny.LAYERS, 2, .5, 100, 10, 0);
    Work lc = new Work(start.after(5), WEIGHTS);
    // .5 * 100^(1/2) = 5
    assertClose(lc.pullBack(0, 0, 0, 0, 0).gradient("fc.weight"), 0, -1, .5, 0);
    assertThat(start.after(5).after(0)).isEqualTo(start);
  }

  @Test
  void aDecayBelowZeroIsRefused() {
    assertThatThrownBy(() -> new SelectiveDecay(Tiny.LAYERS, 2, -.1, 1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid decay -0.1: must be at least 0");
  }

  @Test
  void lcTakesTheDecayOffTheLargestWeights() {
    double decay = .1;
    Work lc = new Work(new SelectiveDecay(Tiny.LAYERS, 2, 0, 1, 1, 0), WEIGHTS);
    double[] pulled = lc.pullBack(decay, 0, 0, 0, 0).gradient("fc.weight");
    double[] withDecay = new double[4];
    Arrays.setAll(withDecay, i -> pulled[i] + decay * WEIGHTS[i]);
    assertClose(withDecay, 0, -.02, .01, 0);
  }
}
