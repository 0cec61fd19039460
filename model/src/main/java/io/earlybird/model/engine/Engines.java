package io.earlybird.model.engine;

import java.util.List;
import java.util.ServiceLoader;

/** Finds the engines on the class path. */
public final class Engines {
  private Engines() {}

  /** All engines, in the order of the class path. */
  public static List<Engine> all() {
    return ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /**
   * The engine of that name.
   *
   * @throws IllegalArgumentException if none is on the class path; the message lists those that are
   */
  public static Engine named(String name) {
    List<Engine> engines = all();
    return engines.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown engine "
                        + name
                        + "; on the class path are "
                        + engines.stream().map(Engine::name).toList()));
  }
}
