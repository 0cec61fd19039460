package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small random networks of all node kinds: chains, residual blocks of both kinds, gates, joins. */
final class RandomNetworks {
  private static final int SIZE = 8;

  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private String x = "input";
  private int channels = 3;
  private int extent = SIZE;

  private RandomNetworks(long seed) {
    this.random = new Random(seed);
  }

  /** A network of some blocks; equal seeds give equal networks. */
  static Network of(long seed) {
    return new RandomNetworks(seed).build(seed);
  }

  private Network build(long seed) {
    nodes.add(new Input(x, new Shape(channels, SIZE, SIZE)));
    chain(2 + random.nextInt(5));
    int blocks = 2 + random.nextInt(5);
    for (int i = 0; i < blocks; i++) {
      switch (random.nextInt(8)) {
        case 0 -> chain(2 + random.nextInt(5));
        case 1 -> postActivationBlock();
        case 2 -> preActivationBlock();
        case 3 -> projectedBlock();
        case 4 -> selected();
        case 5 -> indexedBlock();
        case 6 -> threeWriters();
        default -> pool();
      }
    }
    if (random.nextBoolean()) {
      x = relu(norm(x));
    }
    x = add(new AveragePool(name("pool"), x, extent, extent, false));
    nodes.add(new Linear("fc", x, 4, Linear.Initial.UNIFORM_FAN_IN));
    return new Network("random-" + seed, nodes);
  }

  private void chain(int width) {
    x = convolution(x, width, random.nextBoolean() ? 3 : 1);
    channels = width;
    if (random.nextInt(5) > 0) {
      x = norm(x);
    }
    if (random.nextInt(4) > 0) {
      x = relu(x);
    }
    if (random.nextInt(4) == 0) {
      x = norm(x);
    }
  }

  private void postActivationBlock() {
    String branch = relu(norm(convolution(x, 2 + random.nextInt(4), 3)));
    branch = norm(convolution(branch, channels, 1));
    String sum = add(new Add(name("add"), List.of(branch, x)));
    x = random.nextInt(4) > 0 ? relu(sum) : sum;
  }

  private void preActivationBlock() {
    String branch = convolution(relu(norm(x)), 2 + random.nextInt(4), 1);
    branch = convolution(relu(norm(branch)), channels, 3);
    x = add(new Add(name("add"), List.of(x, branch)));
  }

  private void projectedBlock() {
    int width = 2 + random.nextInt(5);
    String branch = norm(convolution(x, width, 3));
    String shortcut = convolution(x, width, 1);
    shortcut = random.nextBoolean() ? norm(shortcut) : shortcut;
    channels = width;
    x = relu(add(new Add(name("add"), List.of(branch, shortcut))));
  }

  private void selected() {
    List<Integer> some = some(channels);
    x = add(new ChannelSelect(name("select"), x, some));
    channels = some.size();
    if (random.nextBoolean()) {
      chain(2 + random.nextInt(4));
    }
  }

  private void indexedBlock() {
    List<Integer> some = some(channels);
    String branch = norm(convolution(x, some.size(), 1));
    branch = random.nextBoolean() ? relu(branch) : branch;
    List<Integer> all = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      all.add(c);
    }
    List<IndexedAdd.Term> terms =
        List.of(new IndexedAdd.Term(x, all), new IndexedAdd.Term(branch, some));
    x = add(new IndexedAdd(name("indexed"), channels, terms));
  }

  private void threeWriters() {
    int width = 2 + random.nextInt(4);
    String a = norm(convolution(x, width, 1));
    String b = relu(norm(convolution(x, width, 3)));
    String c = norm(relu(convolution(x, width, 1)));
    channels = width;
    x = add(new Add(name("add"), List.of(a, b, c)));
  }

  private void pool() {
    if (extent % 2 == 0) {
      x =
          add(
              random.nextBoolean()
                  ? new MaxPool(name("maxpool"), x, 3, 2, 1)
                  : new AveragePool(name("avgpool"), x, 2, 2, true));
      extent /= 2;
    }
  }

  private List<Integer> some(int available) {
    List<Integer> some = new ArrayList<>();
    for (int c = 0; c < available; c++) {
      if (random.nextInt(3) > 0) {
        some.add(c);
      }
    }
    return some.isEmpty() ? List.of(random.nextInt(available)) : some;
  }

  private String convolution(String source, int width, int kernel) {
    boolean bias = random.nextInt(4) == 0;
    return add(new Convolution(name("conv"), source, width, kernel, 1, kernel / 2, bias));
  }

  private String norm(String source) {
    return add(new BatchNorm(name("bn"), source, 1));
  }

  private String relu(String source) {
    return add(new Relu(name("relu"), source));
  }

  private String name(String kind) {
    return kind + nodes.size();
  }

  private String add(Node node) {
    nodes.add(node);
    return node.name();
  }
}
