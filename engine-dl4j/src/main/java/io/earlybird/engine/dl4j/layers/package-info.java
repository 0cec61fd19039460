/**
 * DL4J layers and vertices for the nodes of a network, on activations [N, H, W, C].
 *
 * <p>Start with {@link io.earlybird.engine.dl4j.layers.NhwcConvolution}. Each node kind has a
 * configuration (public, in the JSON form of a ComputationGraph) and an implementation (package
 * private). They follow DL4J's protocol, so that they also work under {@code ComputationGraph.fit};
 * who runs them allocation-free attaches a {@link io.earlybird.engine.dl4j.layers.Workbench}. The
 * arithmetic is in {@code kernels}. Shapes in brackets: N batch, C channels, O and I output and
 * input channels of a kernel.
 */
package io.earlybird.engine.dl4j.layers;
