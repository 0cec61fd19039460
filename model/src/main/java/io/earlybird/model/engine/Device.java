package io.earlybird.model.engine;

/**
 * Where a replica computes.
 *
 * @param kind CPU or CUDA
 * @param index position among the devices that the process can see; 0 for a CPU
 */
public record Device(Kind kind, int index) {
  /** Kinds of devices. */
  public enum Kind {
    CPU,
    CUDA
  }

  public Device {
    if (index < 0) {
      throw new IllegalArgumentException("Invalid device index " + index);
    }
  }

  /** The processor. */
  public static Device cpu() {
    return new Device(Kind.CPU, 0);
  }
}
