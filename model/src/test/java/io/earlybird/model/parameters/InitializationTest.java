package io.earlybird.model.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final Parameters VGG = Initialization.draw(Networks.named("vgg16-cifar"), 1);
  private static final Parameters RESNET = Initialization.draw(Networks.named("resnet18"), 1);

  /** Five standard errors of a mean or deviation over n values are 5 / sqrt(n) deviations. */
  private static double bound(int values, double deviation) {
    return 5 * deviation / Math.sqrt(values);
  }

  private static void assertNormal(FloatBuffer values, double deviation) {
    double sum = 0;
    double squares = 0;
    int count = values.remaining();
    for (int i = 0; i < count; i++) {
      sum += values.get(i);
      squares += values.get(i) * (double) values.get(i);
    }
    assertThat(sum / count).isCloseTo(0, within(bound(count, deviation)));
    assertThat(Math.sqrt(squares / count)).isCloseTo(deviation, within(bound(count, deviation)));
  }

  @Test
  void kernelsAreNormalWithTheDeviationOfTheSpecification() {
    assertNormal(VGG.slice("features.40.weight"), Math.sqrt(2.0 / (9 * 512)));
    assertNormal(VGG.slice("features.0.weight"), Math.sqrt(2.0 / (9 * 64)));
    assertNormal(VGG.slice("classifier.weight"), 0.01);
    assertNormal(RESNET.slice("layer4.0.downsample.0.weight"), Math.sqrt(2.0 / 512));
  }

  @Test
  void uniformClassifiersFillTheirRange() {
    FloatBuffer weight = RESNET.slice("fc.weight");
    double bound = 1 / Math.sqrt(512);
    double largest = 0;
    for (int i = 0; i < weight.remaining(); i++) {
      largest = Math.max(largest, Math.abs(weight.get(i)));
    }
    assertThat(largest).isBetween(0.999 * bound, bound);
    assertThat(RESNET.slice("fc.bias").get(0)).isNotZero();
  }

  @Test
  void batchNormsBeginWithTheirGammaAndStandardStatistics() {
    assertThat(VGG.slice("features.1.weight").get(7)).isEqualTo(0.5f);
    assertThat(VGG.slice("features.1.bias").get(7)).isZero();
    assertThat(VGG.slice("features.1.running_mean").get(7)).isZero();
    assertThat(VGG.slice("features.1.running_var").get(7)).isEqualTo(1f);
    assertThat(VGG.slice("classifier.bias").get(0)).isZero();
  }

  @Test
  void equalSeedsGiveEqualBitsAndOthersDoNot() {
    Parameters one = Initialization.draw(Networks.named("demo"), 3);
    assertThat(Initialization.draw(Networks.named("demo"), 3)).isEqualTo(one);
    assertThat(Initialization.draw(Networks.named("demo"), 4)).isNotEqualTo(one);
  }

  @Test
  void aTensorDoesNotDependOnTheOthers() {
    Parameters ten = Initialization.draw(Networks.named("demo", 10, 32), 3);
    Parameters seven = Initialization.draw(Networks.named("demo", 7, 32), 3);
    assertThat(seven.slice("features.11.weight")).isEqualTo(ten.slice("features.11.weight"));
  }
}
