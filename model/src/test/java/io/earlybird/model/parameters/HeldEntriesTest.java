package io.earlybird.model.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class HeldEntriesTest {
  private static HeldEntries held(int... indexes) {
    BitSet bits = new BitSet();
    for (int index : indexes) {
      bits.set(index);
    }
    return HeldEntries.of(bits);
  }

  @Test
  void holdsWhatItWasGivenAndNothingElse() {
    HeldEntries entries = held(1, 4, 70);
    assertThat(entries.count()).isEqualTo(3);
    assertThat(entries.holds(4)).isTrue();
    assertThat(entries.holds(5)).isFalse();
    assertThat(entries.next(2)).isEqualTo(4);
    assertThat(entries.next(71)).isEqualTo(-1);
    assertThat(HeldEntries.none().isEmpty()).isTrue();
    assertThat(held()).isSameAs(HeldEntries.none());
  }

  @Test
  void doesNotFollowTheBitSetItWasMadeOf() {
    BitSet bits = new BitSet();
    bits.set(3);
    HeldEntries entries = HeldEntries.of(bits);
    bits.set(4);
    entries.toBitSet().set(5);
    assertThat(entries).isEqualTo(held(3));
  }

  @Test
  void unionsHoldBoth() {
    assertThat(held(1, 2).union(held(2, 9))).isEqualTo(held(1, 2, 9));
  }

  @Test
  void zeroesItsEntries() {
    float[] values = {1, 2, 3, 4};
    held(0, 2).zero(values);
    assertThat(values).containsExactly(0, 2, 0, 4);
  }

  @Test
  void runningStatisticsCannotBeHeld() {
    ParameterLayout layout = ParameterLayout.of(Networks.named("demo-resnet"));
    held(layout.trainableLength() - 1).requireWithin(layout);
    assertThatThrownBy(() -> held(layout.trainableLength()).requireWithin(layout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index " + layout.trainableLength());
  }

  @Test
  void surviveSerialization() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(held(1, 1000));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(held(1, 1000));
    }
  }
}
