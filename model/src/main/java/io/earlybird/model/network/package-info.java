/**
 * Networks as data: an immutable, named, acyclic graph of sealed node records with shape inference.
 *
 * <p>Start with {@link io.earlybird.model.network.Network}. Shapes in brackets: activations [N, C,
 * H, W], kernels [O, I, kH, kW], gamma, beta and running statistics [C], linear weights [out, in].
 * The package knows neither engines nor files beyond the JSON form of a network.
 */
package io.earlybird.model.network;
