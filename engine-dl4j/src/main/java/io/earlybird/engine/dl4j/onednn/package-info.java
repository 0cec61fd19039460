/**
 * Kernels that hand plain [N, H, W, C] buffers to oneDNN primitives, without copies.
 *
 * <p>One set of kernels computes on activations of one type, float32 or bfloat16, which its {@code
 * Context} names. Parameters, statistics and their gradients are float32 in both; weights become
 * bfloat16 where they are packed for a primitive.
 *
 * <p>Start with {@link io.earlybird.engine.dl4j.onednn.OneDnnKernels}. Native memory: a {@code
 * Context} owns the oneDNN engine, stream and three scratch buffers that only grow; each {@code
 * Primitive} owns its handles; {@code OneDnnKernels.close} frees all of them. Activations,
 * parameters and gradients belong to the caller, and their addresses are used during a call only.
 * The package knows neither networks nor ComputationGraphs.
 */
package io.earlybird.engine.dl4j.onednn;
