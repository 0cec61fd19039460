/**
 * One suite of cases that every engine runs: the same networks, values and batches, and results
 * that may differ by rounding only.
 *
 * <p>Start with {@link io.earlybird.pruning.parity.NodeParity} and {@link
 * io.earlybird.pruning.parity.NetworkParity}: a module that holds an engine extends both, and
 * {@link io.earlybird.pruning.parity.ReplicaContract} for what is not a comparison. What rounding
 * is allowed to do is measured, by {@link io.earlybird.pruning.parity.Rounding}. Nothing here knows
 * an engine but the reference engine.
 */
package io.earlybird.pruning.parity;
