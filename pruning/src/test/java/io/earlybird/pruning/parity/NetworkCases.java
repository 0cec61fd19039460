package io.earlybird.pruning.parity;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.MinimumWidth;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.pruning.surgery.Zeroed;
import java.util.List;
import java.util.stream.Stream;

/** The networks by name, dense and cut, at small images. */
public final class NetworkCases {
  /** Networks that the reference engine trains in seconds. */
  private static final List<String> NARROW = List.of("demo-resnet", "demo", "preresnet-20");

  /** Networks that two engines, but not the reference engine, train in seconds. */
  private static final List<String> DEEP =
      List.of("preresnet-56", "preresnet-101", "preresnet-164");

  /** Networks of which the reference engine takes some ten seconds for each case of one step. */
  private static final List<String> WIDE =
      List.of("resnet18", "resnet50", "resnet50-v1", "resnet18-cifar", "vgg16-cifar");

  /** Of the wide ones, one with residual sums and one chain. */
  private static final List<String> TWO_WIDE = List.of("resnet50", "vgg16-cifar");

  /**
   * Fifty wide layers: with one pixel of 32 images, rounding alone has moved the momentum of the
   * first kernel by 2 % of its size after five steps and by a quarter after ten; with 33 pixels by
   * 0.2 % after five and by 1 % to 4 % after twenty, as they are cut. Five steps have batches of
   * all sizes and both forms of momentum.
   */
  private static final List<String> FIFTY = List.of("resnet50", "resnet50-v1");

  /**
   * Nothing adds up around its 13 rectifiers, each of which lets rounding decide now and then:
   * momentum of the first kernel moves by 0.5 % of its size in one step of 32 images of 16 pixels,
   * by 2 % in five and by 20 % in twenty; the gradient of 16 images of 32 pixels by 1 % at once,
   * and by 3 % where Winograd's products round. More than a step cannot tell engines apart.
   */
  private static final String CHAIN = "vgg16-cifar";

  private static final List<GroupRule> RULES =
      List.of(GroupRule.INNER_ONLY, GroupRule.UNION, GroupRule.SCATTER);

  private static final int CLASSES = 6;
  private static final int ODD_SIZE = 9;
  private static final int DATA_SET_SIZE = 32;

  /** Batch norm needs two pixels of the last layer of each of these, down to one of 16 here. */
  private static final int ODD_SIZE_OF_ONE = 17;

  /**
   * For many steps of the deep ones. With one pixel of 32 images a channel has so few values that
   * rounding alone leads PreResNet-101 and -164 elsewhere within six to twenty steps, and with 9 x
   * 9 pixels a momentum of PreResNet-56: such cases fail as badly made.
   */
  private static final int SIZE_OF_DEEP = 17;

  /** Four pixels of the last layer. */
  private static final int SIZE_OF_FIFTY = 33;

  /**
   * A 1x1 kernel of a single input channel before a batch norm has no gradient but for the epsilon,
   * because its scale is divided out: after many steps of the deep ones its momentum is rounding.
   */
  private static final int MULTIPLE_OF_DEEP = 2;

  /** A short batch comes after longer ones, as the last of an epoch, and longer ones come again. */
  private static final Integer[] SIZES = {16, 16, 16, 7};

  /** One pixel for each image: a channel has as many values as the batch has images. */
  private static final Integer[] SIZES_OF_SMALLEST = {32, 32, 32, 15};

  private NetworkCases() {}

  /** Narrow networks of odd images, by all rules. */
  public static Stream<ParityCase> narrow() {
    return NARROW.stream()
        .map(name -> Networks.named(name, CLASSES, ODD_SIZE))
        .flatMap(network -> byAllRules(network, 1, SIZES));
  }

  /** Networks by all names but the wide ones, at the smallest images that they allow, cut. */
  public static Stream<ParityCase> cut() {
    return Networks.names().stream()
        .filter(name -> !WIDE.contains(name))
        .map(NetworkCases::smallestCut);
  }

  /** The wide ones at the smallest images that they allow, cut. */
  public static Stream<ParityCase> wide() {
    return WIDE.stream().map(NetworkCases::smallestCut);
  }

  /** Networks by all names, by all rules, at the smallest images that bear many steps. */
  public static Stream<ParityCase> all() {
    return byAllRules(Networks.names().stream());
  }

  /** The same without those that bear few steps or one. */
  public static Stream<ParityCase> bearingManySteps() {
    return byAllRules(
        Networks.names().stream().filter(name -> !FIFTY.contains(name) && !name.equals(CHAIN)));
  }

  /** Those that bear five steps, by all rules. */
  public static Stream<ParityCase> bearingFiveSteps() {
    return FIFTY.stream()
        .flatMap(name -> byAllRules(Networks.named(name, CLASSES, SIZE_OF_FIFTY), 1, SIZES));
  }

  /** The one that bears a single step, by all rules. */
  public static Stream<ParityCase> bearingOneStep() {
    return byAllRules(Stream.of(CHAIN));
  }

  /** Networks by all names but the wide ones, by all rules, as above. */
  public static Stream<ParityCase> allButWide() {
    return byAllRules(Networks.names().stream().filter(name -> !WIDE.contains(name)));
  }

  private static Stream<ParityCase> byAllRules(Stream<String> names) {
    return names.flatMap(
        name ->
            DEEP.contains(name)
                ? byAllRules(Networks.named(name, CLASSES, SIZE_OF_DEEP), MULTIPLE_OF_DEEP, SIZES)
                : byAllRules(smallest(name), 1, SIZES_OF_SMALLEST));
  }

  /** The deep ones, dense, and two of the wide ones, cut. */
  public static Stream<ParityCase> deepOrWide() {
    return Stream.concat(
        DEEP.stream().map(name -> ParityCase.dense(smallest(name), SIZES_OF_SMALLEST)),
        TWO_WIDE.stream().map(NetworkCases::smallestCut));
  }

  /** Networks for small images, as large as those of their data set, that bear many steps. */
  public static Stream<ParityCase> ofDataSetSize() {
    return Networks.names().stream()
        .filter(name -> Networks.named(name).imageShape().height() == DATA_SET_SIZE)
        .filter(name -> !name.equals(CHAIN))
        .map(name -> Networks.named(name, CLASSES, DATA_SET_SIZE))
        .map(network -> ParityCase.dense(network, SIZES));
  }

  /** Steps of one image. */
  public static Stream<ParityCase> ofOneImage() {
    return NARROW.stream()
        .map(name -> Networks.named(name, CLASSES, ODD_SIZE_OF_ONE))
        .map(network -> ParityCase.dense(network, 1));
  }

  /** One image, whose last layers are one pixel. */
  public static Stream<ParityCase> ofOnePixel() {
    return NARROW.stream().map(name -> ParityCase.dense(smallest(name), 1));
  }

  private static Stream<ParityCase> byAllRules(
      Network network, int channelMultiple, Integer... sizes) {
    return Stream.concat(
        Stream.of(ParityCase.dense(network, sizes)),
        RULES.stream().map(rule -> ParityCase.cut(network, surgery(rule, channelMultiple), sizes)));
  }

  private static SurgeryOptions surgery(GroupRule rule, int channelMultiple) {
    return new SurgeryOptions(rule, Zeroed.FROZEN, MinimumWidth.KEEP_LARGEST, channelMultiple);
  }

  private static ParityCase smallestCut(String name) {
    return ParityCase.cut(smallest(name), surgery(GroupRule.SCATTER, 1), SIZES_OF_SMALLEST);
  }

  private static Network smallest(String name) {
    for (int size = 1; ; size++) {
      try {
        return Networks.named(name, CLASSES, size);
      } catch (IllegalArgumentException tooSmall) {
        // the next size
      }
    }
  }
}
