package io.earlybird.model.network;

import java.util.List;

/**
 * Passes the named channels only: y[i] = x[channels[i]]. The read gate of pre-activation networks.
 */
public record ChannelSelect(String name, String source, List<Integer> channels) implements Node {
  public ChannelSelect {
    channels = Channels.ascending(name, channels);
  }

  @Override
  public List<String> sources() {
    return List.of(source);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Channels.within(name, channels, inputs.get(0).channels());
    return inputs.get(0).withChannels(channels.size());
  }

  @Override
  public ChannelSelect reading(List<String> newSources) {
    return new ChannelSelect(name, newSources.get(0), channels);
  }
}
