package io.earlybird.engine.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Native objects that outlive the scope in which they were made, until closed. */
final class Owned implements AutoCloseable {
  private final List<Pointer> pointers = new ArrayList<>();

  /** Keeps an object beyond the surrounding scope. */
  <P extends Pointer> P keep(P pointer) {
    pointer.retainReference();
    pointers.add(pointer);
    return pointer;
  }

  @Override
  public void close() {
    pointers.forEach(Pointer::releaseReference);
    pointers.clear();
  }
}
