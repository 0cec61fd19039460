package io.earlybird.spark.run;

import io.earlybird.spark.store.FileStore;
import java.time.Duration;
import java.time.Instant;

/** A run directory as the driver on another host, with another clock, has it. */
public final class OtherHost {
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private OtherHost() {}

  /** The directory for a process that claims to be on a host whose clock is off by so much. */
  public static RunDirectory directory(FileStore root, String host, Duration off) {
    Owner self = Owner.self();
    Owner other =
        new Owner(host, "machine of " + host, self.pid(), self.processStart(), self.user());
    return new RunDirectory(
        root, new RunDirectory.Driver(other, HEARTBEAT, () -> Instant.now().plus(off)));
  }
}
