/**
 * What a training engine implements, and the values that go in and out.
 *
 * <p>Start with {@link io.earlybird.model.engine.Engine} and {@link
 * io.earlybird.model.engine.Replica}. Engines are found with {@link java.util.ServiceLoader}: a jar
 * on the class path is all that a new engine needs. All engines give the same numbers for the same
 * input, within stated tolerances. Images enter as [N, H, W, C], the order in which they are
 * decoded; every other activation that leaves an engine is [N, C, H, W].
 */
package io.earlybird.model.engine;
