/**
 * The numerical work of a step as small interfaces, one per kind of node, so that the layers do not
 * know which library computes.
 *
 * <p>Start with {@link io.earlybird.engine.dl4j.kernels.Kernels}. Activations are ND4J arrays [N,
 * H, W, C] in C order, kernels [O, I, kH, kW], vectors [C]; every array is dense. Activations and
 * their gradients have the type of their {@code Kernels}; parameters, statistics and the gradients
 * of both are float32. Kernels hold no values between calls: what a backward pass needs from the
 * forward pass is handed in by the caller, who owns all arrays. The package knows neither networks
 * nor ComputationGraphs.
 */
package io.earlybird.engine.dl4j.kernels;
