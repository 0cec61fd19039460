/**
 * What a network costs: parameters, multiply-accumulates, the paper's FLOPs, activation memory,
 * training totals and modelled energy (specification 1.10, 7.1, 7.6).
 *
 * <p>Start with {@link io.earlybird.model.cost.OperationCount}. Everything here is arithmetic on
 * shapes; nothing is measured.
 */
package io.earlybird.model.cost;
