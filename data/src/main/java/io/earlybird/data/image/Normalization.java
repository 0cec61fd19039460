package io.earlybird.data.image;

import java.io.Serializable;
import java.util.List;

/**
 * (x / 255 - mean) / deviation, a channel at a time (specification 8.2, 8.3).
 *
 * @param mean of red, green, blue, in [0, 1]
 * @param deviation of red, green, blue, above 0
 */
public record Normalization(List<Double> mean, List<Double> deviation) implements Serializable {
  /** ImageNet's. */
  public static final Normalization IMAGENET =
      new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** CIFAR-10's, which the Early-Bird code uses for CIFAR-100 as well. */
  public static final Normalization CIFAR =
      new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010));

  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != 3 || deviation.size() != 3 || deviation.stream().anyMatch(d -> !(d > 0))) {
      throw new IllegalArgumentException(
          "Invalid normalization: mean "
              + mean
              + ", deviation "
              + deviation
              + "; three numbers each, deviations above 0");
    }
  }

  /** Normalized value of each channel's 256 levels, [3 * 256]. */
  float[] table() {
    float[] table = new float[3 * 256];
    for (int c = 0; c < 3; c++) {
      for (int level = 0; level < 256; level++) {
        table[c * 256 + level] = (float) ((level / 255.0 - mean.get(c)) / deviation.get(c));
      }
    }
    return table;
  }
}
