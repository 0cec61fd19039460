/**
 * Numbers of few bits, emulated on floats: block floating point and the fixed point of WAGE
 * (specification 5).
 *
 * <p>Start with {@link io.earlybird.model.quantization.BlockFloatingPoint}. Plain arithmetic on
 * arrays; knows nothing of networks, engines or steps. Nothing gets faster by it: what training in
 * 8 bits would cost is modelled.
 */
package io.earlybird.model.quantization;
