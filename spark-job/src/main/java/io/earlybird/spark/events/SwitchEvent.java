package io.earlybird.spark.events;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The run goes on with a smaller network.
 *
 * @param epoch completed epochs
 * @param ratio pruning ratio
 * @param mode rule of the surgery, for example {@code union}
 * @param denseParameters trainable values before
 * @param parameters trainable values afterwards
 * @param densePaperFlops of one image forward, before
 * @param paperFlops the same afterwards
 * @param keptChannels by layer, in the order of the network
 */
public record SwitchEvent(
    Instant time,
    int epoch,
    double ratio,
    String mode,
    long denseParameters,
    long parameters,
    long densePaperFlops,
    long paperFlops,
    Map<String, Integer> keptChannels)
    implements Event {
  public SwitchEvent {
    keptChannels = Collections.unmodifiableMap(new LinkedHashMap<>(keptChannels));
  }
}
