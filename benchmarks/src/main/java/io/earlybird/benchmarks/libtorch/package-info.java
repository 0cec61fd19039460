/**
 * The peer: the training loop that libtorch's documentation shows, on modules of its C++ frontend,
 * with nothing of the engines in it.
 *
 * <p>Start with {@link io.earlybird.benchmarks.libtorch.LibtorchLoop}.
 */
package io.earlybird.benchmarks.libtorch;
