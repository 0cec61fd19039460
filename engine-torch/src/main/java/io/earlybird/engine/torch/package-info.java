/**
 * Training by libtorch, through the JavaCPP presets.
 *
 * <p>Start with {@link io.earlybird.engine.torch.TorchEngine}. A network is compiled to a list of
 * libtorch calls ({@code ForwardPlan}), their backward functions are called in reverse, and one
 * fused call updates values and momentum in place. Values, momentum, running statistics and the
 * gradients of vectors lie in a few flat tensors ({@code Tensors}), of which the parameters are
 * views. Activations are [N, C, H, W] tensors in channels-last memory order. The package knows
 * neither Spark nor the other engines.
 */
package io.earlybird.engine.torch;
