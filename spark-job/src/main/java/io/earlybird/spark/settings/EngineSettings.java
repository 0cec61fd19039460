package io.earlybird.spark.settings;

import io.earlybird.model.engine.TrainingPrecision;

/**
 * What trains a replica.
 *
 * <p>The name is operational here, because an engine is compared by its build as well: a run
 * directory made with another engine or build is refused unless a change is allowed by name.
 *
 * @param name of the engine, for example {@code dl4j}
 * @param precision arithmetic
 * @param threads OpenMP threads of one replica; another number gives other bits
 */
public record EngineSettings(String name, TrainingPrecision precision, int threads) {
  static EngineSettings read(Section engine) {
    return new EngineSettings(
        engine.name("name", Effect.OPERATIONAL, "the name of an engine"),
        engine.choice("precision", Effect.IDENTITY, TrainingPrecision.class),
        engine.integer("threads", Effect.IDENTITY, 1, 1024));
  }
}
