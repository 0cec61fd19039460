package io.earlybird.model.cost;

import io.earlybird.model.network.Network;
import java.util.Map;

/**
 * Modelled, never measured, energy of a training: E = e32 * FLOPs_fp32 + r * e32 * FLOPs_int8
 * (specification 7.6).
 *
 * <p>Energy per operation follows data movement and differs by a factor of 17 between networks: it
 * is a figure of a network, not of a machine. The known ones are implied by the energies that the
 * paper measured on a Jetson TX2.
 *
 * @param joulePerFlop e32, energy of one operation of the paper's FLOPs in float32
 * @param int8Ratio r, energy of an 8-bit operation in float32 operations
 */
public record EnergyModel(double joulePerFlop, double int8Ratio) {
  /** Ratio that the paper's low-precision rows imply. */
  public static final double DEFAULT_INT8_RATIO = 0.21;

  /** Energy per operation, in picojoule, of a network without a figure of its own: ResNet-50's. */
  public static final double DEFAULT_PICOJOULE = 98.9;

  private static final Map<String, Double> PICOJOULE =
      Map.of(
          "preresnet-101", 425.0,
          "vgg16-cifar", 24.7,
          "resnet18", 77.9,
          "resnet50", 98.9);

  /** The same with the classes of CIFAR-100. */
  private static final Map<String, Double> PICOJOULE_CIFAR100 =
      Map.of("preresnet-101", 410.0, "vgg16-cifar", 24.5);

  public EnergyModel {
    if (!(joulePerFlop > 0) || !(int8Ratio > 0)) {
      throw new IllegalArgumentException(
          "Invalid energy model: "
              + joulePerFlop
              + " joule per operation and an 8-bit ratio of "
              + int8Ratio
              + " must both be above 0");
    }
  }

  /** The model of a network, found by its name and number of classes. */
  public static EnergyModel of(Network network) {
    double picojoule = PICOJOULE.getOrDefault(network.name(), DEFAULT_PICOJOULE);
    if (network.classes() == 100) {
      picojoule = PICOJOULE_CIFAR100.getOrDefault(network.name(), picojoule);
    }
    return new EnergyModel(picojoule * 1e-12, DEFAULT_INT8_RATIO);
  }

  /** Modelled energy in joule of a training, in the convention of the paper's FLOPs. */
  public double modelledJoule(double float32Flops, double int8Flops) {
    return joulePerFlop * (float32Flops + int8Ratio * int8Flops);
  }
}
