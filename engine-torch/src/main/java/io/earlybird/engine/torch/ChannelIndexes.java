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
 * <p>Both work on the last axis of [N, H, W, C] views, so that outputs are in channels-last order,
 * like the inputs.
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
    return channelsFirst(channelsLast(x).index_select(3, index));
  }

  /** y = 0; y[channels_t[i]] += x_t[i]. */
  Tensor add(IndexedAdd node, List<Tensor> terms) {
    Tensor like = terms.get(0);
    Tensor sum =
        torch.zeros(
            new long[] {like.size(0), like.size(2), like.size(3), node.channels()}, like.options());
    for (int i = 0; i < terms.size(); i++) {
      sum.index_add_(3, indexes.get(node.name()).get(i), channelsLast(terms.get(i)));
    }
    return channelsFirst(sum);
  }

  private static Tensor channelsLast(Tensor x) {
    return x.permute(0, 2, 3, 1);
  }

  private static Tensor channelsFirst(Tensor x) {
    return x.permute(0, 3, 1, 2);
  }

  @Override
  public void close() {
    owned.close();
  }
}
