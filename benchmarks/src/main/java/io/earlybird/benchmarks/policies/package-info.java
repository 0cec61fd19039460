/**
 * What policies take of the driver between two epochs.
 *
 * <p>Start with {@link io.earlybird.benchmarks.policies.PoliciesCommand}.
 */
package io.earlybird.benchmarks.policies;
