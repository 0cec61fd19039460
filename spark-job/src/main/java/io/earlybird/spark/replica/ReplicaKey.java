package io.earlybird.spark.replica;

import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import java.io.Serializable;

/**
 * What an open replica can be used for again.
 *
 * @param run identity of the run
 * @param generation of its network
 * @param networkJson structure, as {@link NetworkJson} writes it
 * @param engine name of the engine
 * @param precision arithmetic
 * @param threads OpenMP threads of one step
 */
public record ReplicaKey(
    String run, int generation, String networkJson, String engine, Precision precision, int threads)
    implements Serializable {
  /** The structure. */
  public Network network() {
    return NetworkJson.read(networkJson);
  }

  /** The engine, as found on the class path of this process. */
  public Engine findEngine() {
    return Engines.named(engine);
  }

  /** Opens a replica in this process. */
  Replica open(Device device) {
    return findEngine().open(new ReplicaRequest(network(), device, precision, threads));
  }
}
