/**
 * Kernels made of ND4J's own operations: the path for CUDA, and a second opinion on the oneDNN
 * kernels.
 *
 * <p>Start with {@link io.earlybird.engine.dl4j.nd4j.Nd4jKernels}. These kernels are slower and
 * allocate temporary arrays, which ND4J frees. The package knows neither networks nor
 * ComputationGraphs.
 */
package io.earlybird.engine.dl4j.nd4j;
