package io.earlybird.engine.dl4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays for gradients of activations, each lent to some readers and taken back when the last is
 * done, so that a backward pass needs no more memory than what is alive at one time.
 */
final class GradientPool implements AutoCloseable {
  private static final class Loan {
    private final GrowingArray array;
    private int readers = 1;

    Loan(GrowingArray array) {
      this.array = array;
    }
  }

  private final DataType type;
  private final List<GrowingArray> free = new ArrayList<>();
  private final IdentityHashMap<INDArray, Loan> lent = new IdentityHashMap<>();

  /** A pool of arrays of that type. */
  GradientPool(DataType type) {
    this.type = type;
  }

  /** An array of that shape with one reader. */
  INDArray lend(long... shape) {
    GrowingArray array = take(ArrayUtil.prodLong(shape));
    INDArray shaped = array.shaped(shape);
    lent.put(shaped, new Loan(array));
    return shaped;
  }

  /** The smallest free array that fits; if none does, the largest, which grows. */
  private GrowingArray take(long length) {
    Comparator<GrowingArray> bySize = Comparator.comparingLong(GrowingArray::capacity);
    GrowingArray taken =
        free.stream()
            .filter(array -> array.capacity() >= length)
            .min(bySize)
            .or(() -> free.stream().max(bySize))
            .orElseGet(() -> new GrowingArray(type));
    free.remove(taken);
    return taken;
  }

  /** Notes that one more reader needs the array. */
  void addReader(INDArray gradient) {
    loanOf(gradient).readers++;
  }

  /** Whether the caller is the only reader, and may change the array. */
  boolean exclusive(INDArray gradient) {
    return loanOf(gradient).readers == 1;
  }

  /** Notes that a reader is done. */
  void release(INDArray gradient) {
    Loan loan = loanOf(gradient);
    loan.readers--;
    if (loan.readers == 0) {
      lent.remove(gradient);
      free.add(loan.array);
    }
  }

  private Loan loanOf(INDArray gradient) {
    Loan loan = lent.get(gradient);
    if (loan == null) {
      throw new IllegalStateException("This gradient was not lent, or was taken back already");
    }
    return loan;
  }

  @Override
  public void close() {
    free.forEach(GrowingArray::close);
    lent.values().forEach(loan -> loan.array.close());
    free.clear();
    lent.clear();
  }
}
