package io.earlybird.spark.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGTERM and SIGINT into a request to stop after the round. A SIGINT after either ends the
 * process at once, for who sits before it; SIGTERM may be sent again, as schedulers do.
 *
 * <p>A shutdown hook would not do: Spark's own hook stops its context at the same time. The JDK's
 * class for signals is reached by reflection, because the compiler warns of it in any other form.
 */
final class StopSignals {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
  private static final String INTERRUPT = "INT";

  private final AtomicBoolean requested = new AtomicBoolean();
  private final Consumer<String> note;

  private StopSignals(Consumer<String> note) {
    this.note = note;
  }

  /**
   * Listens from now on.
   *
   * @param note is told when a signal comes, by a thread of the JVM
   */
  static StopSignals listen(Consumer<String> note) {
    StopSignals signals = new StopSignals(note);
    signals.handle("TERM");
    signals.handle(INTERRUPT);
    return signals;
  }

  /** Whether to stop. */
  boolean requested() {
    return requested.get();
  }

  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object own =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> received(name));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), own);
    } catch (ReflectiveOperationException e) {
      LOG.warn("SIG{} is not handled: {}", name, e.getMessage());
    }
  }

  private Void received(String name) {
    boolean again = requested.getAndSet(true);
    if (again && name.equals(INTERRUPT)) {
      Runtime.getRuntime().halt(ExitCodes.FAILED);
    }
    note.accept("SIG" + name + ": stopping after this round");
    return null;
  }
}
