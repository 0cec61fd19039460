/**
 * Replicas trained by DL4J, with convolutions and batch norms handed to oneDNN.
 *
 * <p>Start with {@link io.earlybird.engine.dl4j.Dl4jEngine}. A replica is a ComputationGraph built
 * from a network ({@code GraphAssembly}), whose vertices a {@code GraphPass} runs forward and
 * backward; {@code Update} then changes the flat parameters in one pass. Native memory: the graph
 * owns parameters and gradients, {@code ReusedArrays} all activations and their gradients, the
 * kernels their primitives and scratch; {@code Dl4jReplica.close} frees all of it. Nothing is left
 * to garbage collection. The package knows nothing of pruning, data or Spark.
 */
package io.earlybird.engine.dl4j;
