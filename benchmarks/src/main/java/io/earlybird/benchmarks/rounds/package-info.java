/**
 * Rounds without compute: what it costs to send a state out and to bring its average back.
 *
 * <p>Start with {@link io.earlybird.benchmarks.rounds.RoundsCommand}. Replicas are of an engine
 * that answers its values slightly changed and computes nothing.
 */
package io.earlybird.benchmarks.rounds;
