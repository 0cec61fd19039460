package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class GrowingArrayTest {
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "BFLOAT16", "BYTE"})
  void arraysBeginAtACacheLineHoweverTheyGrow(DataType type) {
    try (GrowingArray array = new GrowingArray(type)) {
      for (int length : new int[] {1, 5, 1000, 17, 4097, 4097}) {
        INDArray shaped = array.shaped(1, length);
        assertThat(HostMemory.address(shaped) % 64).isZero();
        assertThat(shaped.length()).isEqualTo(length);
        assertThat(array.capacity()).isGreaterThanOrEqualTo(length);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "BFLOAT16"})
  void aSmallerShapeUsesTheSameMemory(DataType type) {
    try (GrowingArray array = new GrowingArray(type)) {
      long address = HostMemory.address(array.shaped(8, 100));
      assertThat(HostMemory.address(array.shaped(2, 100))).isEqualTo(address);
      assertThat(HostMemory.address(array.shaped(800))).isEqualTo(address);
    }
  }
}
