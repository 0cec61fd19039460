package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.engine.torch.Arrivals.Gradient;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals(3);
  private PointerScope scope;

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @BeforeEach
  void open() {
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    arrivals.close();
    scope.close();
  }

  private static Gradient gradient(float... values) {
    return new Gradient(AbstractTensor.create(values));
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.numel()];
    tensor.data_ptr_float().get(values);
    return values;
  }

  @Test
  void whatTwoReadersSendIsAddedUp() {
    arrivals.add(0, gradient(1, 2));
    arrivals.add(0, gradient(10, 20));
    Gradient taken = arrivals.take(0);
    assertThat(values(taken.tensor())).containsExactly(11, 22);
    assertThat(taken.exclusive()).isTrue();
    assertThat(arrivals.take(0)).isNull();
  }

  @Test
  void whatASumSendsToTwoTermsIsNotOverwrittenWhileOneStillWaits() {
    Gradient sent = gradient(1, 2);
    arrivals.add(0, sent);
    arrivals.add(1, sent);
    arrivals.add(1, gradient(10, 20));
    Gradient second = arrivals.take(1);
    Gradient first = arrivals.take(0);
    assertThat(values(second.tensor())).containsExactly(11, 22);
    assertThat(values(first.tensor())).containsExactly(1, 2);
    assertThat(first.exclusive()).isTrue();
  }

  @Test
  void aGradientIsExclusiveOnlyToTheLastThatHasIt() {
    Gradient sent = gradient(1);
    arrivals.add(0, sent);
    arrivals.add(1, sent);
    assertThat(arrivals.take(1).exclusive()).isFalse();
    assertThat(arrivals.take(0).exclusive()).isTrue();
  }

  @Test
  void aSumOfAStepWithItselfIsTwiceTheGradient() {
    Gradient sent = gradient(3);
    arrivals.add(2, sent);
    arrivals.add(2, sent);
    arrivals.add(1, sent);
    assertThat(values(arrivals.take(2).tensor())).containsExactly(6);
    assertThat(values(arrivals.take(1).tensor())).containsExactly(3);
  }
}
