package io.earlybird.model.network;

import java.util.List;

/** Checks of channel index lists. */
final class Channels {
  private Channels() {}

  static List<Integer> ascending(String node, List<Integer> channels) {
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("Invalid channels of " + node + ": the list is empty");
    }
    int previous = -1;
    for (int channel : channels) {
      if (channel <= previous) {
        throw new IllegalArgumentException(
            "Invalid channels of "
                + node
                + ": "
                + channel
                + " after "
                + previous
                + " is not ascending");
      }
      previous = channel;
    }
    return List.copyOf(channels);
  }

  static void within(String node, List<Integer> channels, int available) {
    int last = channels.get(channels.size() - 1);
    if (last >= available) {
      throw new IllegalArgumentException(
          "Invalid channels of "
              + node
              + ": index "
              + last
              + ", but only "
              + available
              + " channels are there");
    }
  }
}
