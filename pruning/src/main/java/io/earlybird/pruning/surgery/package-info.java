/**
 * Cuts masked channels out of a network: coupling groups derived from the graph, one gather map
 * that cuts parameters, momentum, statistics and held entries alike (specification 2).
 *
 * <p>Start with {@link io.earlybird.pruning.surgery.SurgeryOptions}.
 */
package io.earlybird.pruning.surgery;
