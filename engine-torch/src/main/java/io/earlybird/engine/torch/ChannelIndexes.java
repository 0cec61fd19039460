package io.earlybird.engine.torch;

import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Selections of channels and sums at channel positions.
 *
 * <p>Both work on [N * H * W, C] matrices, which channels-last activations are without a copy:
 * there libtorch moves whole rows, and the outputs are in channels-last order again. On four axes
 * the same calls take up to twenty times as long.
 */
final class ChannelIndexes implements AutoCloseable {
  private final Owned owned = new Owned();
  private final Map<String, List<Tensor>> indexes = new HashMap<>();

  ChannelIndexes(Network network, Placement placement) {
    try (PointerScope scope = new PointerScope()) {
      for (ChannelSelect select : network.nodes(ChannelSelect.class)) {
        indexes.put(select.name(), List.of(index(select.channels(), placement)));
      }
      for (IndexedAdd add : network.nodes(IndexedAdd.class)) {
        List<Tensor> terms = new ArrayList<>();
        add.terms().forEach(term -> terms.add(index(term.channels(), placement)));
        indexes.put(add.name(), terms);
      }
    }
  }

  private Tensor index(List<Integer> channels, Placement placement) {
    long[] values = channels.stream().mapToLong(Integer::longValue).toArray();
    return owned.keep(placement.move(AbstractTensor.create(values)));
  }

  /** y[i] = x[channels[i]]. */
  Tensor select(ChannelSelect node, Tensor x) {
    Tensor index = indexes.get(node.name()).get(0);
    return image(pixels(x).index_select(1, index), x);
  }

  /** y = 0; y[channels_t[i]] += x_t[i]. */
  Tensor add(IndexedAdd node, List<Tensor> terms) {
    Tensor like = terms.get(0);
    long pixels = like.size(0) * like.size(2) * like.size(3);
    Tensor sum = torch.zeros(new long[] {pixels, node.channels()}, like.options());
    for (int i = 0; i < terms.size(); i++) {
      Tensor term = pixels(terms.get(i));
      if (term.size(1) == node.channels()) {
        sum.add_(term);
      } else {
        sum.index_add_(1, indexes.get(node.name()).get(i), term);
      }
    }
    return image(sum, like);
  }

  /** Gradient of the source of a selection, of that number of channels, from that of its output. */
  Tensor selectBack(ChannelSelect node, Tensor gradient, int channels) {
    Tensor taken = pixels(gradient);
    Tensor sum = torch.zeros(new long[] {taken.size(0), channels}, gradient.options());
    sum.index_add_(1, indexes.get(node.name()).get(0), taken);
    return image(sum, gradient);
  }

  /** Gradient of a term of a sum from that of the sum. */
  Tensor addBack(IndexedAdd node, int term, Tensor gradient) {
    Tensor index = indexes.get(node.name()).get(term);
    return image(pixels(gradient).index_select(1, index), gradient);
  }

  /** [N, C, H, W] as [N * H * W, C]. */
  private static Tensor pixels(Tensor x) {
    return x.permute(0, 2, 3, 1).reshape(-1, x.size(1));
  }

  /** [N * H * W, K] as [N, K, H, W], with the extents of another tensor. */
  private static Tensor image(Tensor pixels, Tensor like) {
    return pixels
        .view(like.size(0), like.size(2), like.size(3), pixels.size(1))
        .permute(0, 3, 1, 2);
  }

  @Override
  public void close() {
    owned.close();
  }
}
