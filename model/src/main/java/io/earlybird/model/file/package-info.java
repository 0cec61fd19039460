/**
 * Files of tensors in the safetensors format: read and written as streams, strictly checked, and
 * hashed on the way.
 *
 * <p>Start with {@link io.earlybird.model.file.Safetensors} for a few tensors and {@link
 * io.earlybird.model.file.ParametersFile} for the values of a network. A file is eight bytes of
 * header length (little endian), a JSON header with dtype, shape and offsets of each tensor, then
 * the values, little endian in C order. Streams are opened and closed by the caller: the package
 * does not know where files live.
 */
package io.earlybird.model.file;
