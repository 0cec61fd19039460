package io.earlybird.model.architecture;

import static io.earlybird.model.architecture.Vgg.POOL;

import io.earlybird.model.architecture.ResNet.Block;
import io.earlybird.model.architecture.ResNet.Stem;
import io.earlybird.model.network.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The networks by name.
 *
 * <table>
 * <caption>Names</caption>
 * <tr><th>name</th><th>what it is</th></tr>
 * <tr><td>{@code resnet18}, {@code resnet50}</td><td>ImageNet; ResNet-50 in version 1.5, stride in
 *     the 3x3</td></tr>
 * <tr><td>{@code resnet50-v1}</td><td>stride in the first 1x1</td></tr>
 * <tr><td>{@code resnet18-cifar}</td><td>3x3 stem with stride 1, no first pool</td></tr>
 * <tr><td>{@code vgg16-cifar}</td><td>13 convolutions and one linear layer</td></tr>
 * <tr><td>{@code preresnet-20}, {@code -56}, {@code -101}, {@code -164}</td><td>pre-activation
 *     bottlenecks</td></tr>
 * <tr><td>{@code demo}</td><td>VGG-like chain of 12.2 million MACs at 32 pixels, most of them where
 *     most channels are</td></tr>
 * <tr><td>{@code demo-resnet}</td><td>tiny residual network for tests</td></tr>
 * </table>
 */
public final class Networks {
  private interface Architecture {
    Network build(String name, int classes, int imageSize);
  }

  private record Known(Architecture architecture, int classes, int imageSize) {}

  private static final Map<String, Known> KNOWN = known();

  private Networks() {}

  private static Map<String, Known> known() {
    List<Integer> eighteen = List.of(2, 2, 2, 2);
    List<Integer> fifty = List.of(3, 4, 6, 3);
    Map<String, Known> known = new LinkedHashMap<>();
    imagenet(known, "resnet18", new ResNet(Stem.IMAGENET, Block.BASIC, eighteen, 64)::build);
    imagenet(known, "resnet50", new ResNet(Stem.IMAGENET, Block.BOTTLENECK_V15, fifty, 64)::build);
    imagenet(
        known, "resnet50-v1", new ResNet(Stem.IMAGENET, Block.BOTTLENECK_V1, fifty, 64)::build);
    small(known, "resnet18-cifar", new ResNet(Stem.CIFAR, Block.BASIC, eighteen, 64)::build);
    small(known, "vgg16-cifar", Vgg.VGG16_CIFAR::build);
    for (int depth : List.of(20, 56, 101, 164)) {
      small(known, "preresnet-" + depth, PreResNet.ofDepth(depth)::build);
    }
    Vgg demo = new Vgg(List.of(16, POOL, 32, POOL, 64, 128, POOL, 128, 128));
    small(known, "demo", demo::build);
    small(known, "demo-resnet", new ResNet(Stem.CIFAR, Block.BASIC, List.of(2, 2), 8)::build);
    return known;
  }

  private static void imagenet(Map<String, Known> known, String name, Architecture architecture) {
    known.put(name, new Known(architecture, 1000, 224));
  }

  private static void small(Map<String, Known> known, String name, Architecture architecture) {
    known.put(name, new Known(architecture, 10, 32));
  }

  /** All names, in the order of the table. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(KNOWN.keySet());
  }

  /**
   * The network of that name with the classes and image size of its data set: 1000 and 224 for
   * ImageNet, 10 and 32 for the others.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static Network named(String name) {
    Known known = require(name);
    return named(name, known.classes(), known.imageSize());
  }

  /**
   * The network of that name.
   *
   * @param classes at least 1
   * @param imageSize extent of the square RGB images
   * @throws IllegalArgumentException if there is no network of that name, with a message that lists
   *     the names; or if the images are too small for it
   */
  public static Network named(String name, int classes, int imageSize) {
    return require(name).architecture().build(name, classes, imageSize);
  }

  private static Known require(String name) {
    Known known = KNOWN.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "Unknown network " + name + "; known are " + String.join(", ", KNOWN.keySet()));
    }
    return known;
  }
}
