/**
 * What rounds cost on clusters that we do not have: a model fitted on the table of rounds.
 *
 * <p>Start with {@link io.earlybird.benchmarks.scaling.ScalingCommand}. S is the state in bytes
 * (parameters and momentum in float32), N the number of executors.
 */
package io.earlybird.benchmarks.scaling;
