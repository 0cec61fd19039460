package io.earlybird.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTest {
  /** A handful of double roundings. */
  private static final double ROUNDING = 1e-12;

  @Test
  void lossIsTheMeanNegativeLogProbabilityOfTheLabels() {
    // p(label) = 1/2 and 1/4.
    float ln2 = (float) Math.log(2);
    Score score = Score.of(batch(0, 1), new float[] {7, 7, ln2 + ln2 / 2, -ln2 / 2});
    double second = Math.log(1 + Math.exp((double) (ln2 + ln2 / 2) + ln2 / 2));

    assertThat(score.loss()).isCloseTo((Math.log(2) + second) / 2, within(ROUNDING));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    Score score = Score.of(batch(1), new float[] {1e30f, -1e30f});

    assertThat(score.loss()).isEqualTo(2 * (double) 1e30f);
  }

  @Test
  void ofEqualLogitsTheFirstIsTheAnswer() {
    assertThat(Score.of(batch(0), new float[] {3, 3}).top1()).isEqualTo(1);
    assertThat(Score.of(batch(1), new float[] {3, 3}).top1()).isZero();
  }

  @Test
  void topFiveLooksAtTheFiveLargest() {
    float[] logits = {6, 5, 4, 3, 2, 1, 0};

    assertThat(Score.of(batch(4), logits).top5()).isEqualTo(1);
    assertThat(Score.of(batch(5), logits).top5()).isZero();
    assertThat(Score.of(batch(4), logits).top5Fraction()).hasValue(1);
  }

  @Test
  void topFiveIsAbsentBelowSixClasses() {
    assertThat(Score.of(batch(0), new float[5]).top5Fraction()).isEmpty();
    assertThat(Score.of(batch(0), new float[6]).top5Fraction()).isPresent();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void mergingIsAssociative(long seed) {
    Random random = new Random(seed);
    Score a = random(random);
    Score b = random(random);
    Score c = random(random);
    Score left = a.plus(b).plus(c);
    Score right = a.plus(b.plus(c));

    assertThat(left).usingRecursiveComparison().ignoringFields("lossSum").isEqualTo(right);
    assertThat(left.lossSum()).isCloseTo(right.lossSum(), within(ROUNDING));
    assertThat(Score.none(10).plus(a)).isEqualTo(a);
  }

  private static Score random(Random random) {
    long samples = random.nextLong(1, 100);
    return new Score(
        samples,
        random.nextDouble(),
        random.nextLong(samples),
        random.nextLong(samples),
        10,
        new ReadReport(samples, random.nextLong(5), List.of(), 7, 9));
  }

  private static Batch batch(int... labels) {
    return new Batch(
        labels.length, new Shape(1, 1, 1), FloatBuffer.allocate(labels.length), labels);
  }
}
