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
 * @param top1Before validation top-1 of the epoch before; NaN, and absent, before the first epoch
 * @param top1After that of the smaller network, before any training of it
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
    Map<String, Integer> keptChannels,
    double top1Before,
    double top1After)
    implements Event {
  public SwitchEvent {
    keptChannels = Collections.unmodifiableMap(new LinkedHashMap<>(keptChannels));
  }
}
