/**
 * Networks as files for others: ONNX, safetensors with torchvision's names, and DL4J's own format.
 *
 * <p>Start with {@link io.earlybird.spark.export.ExportFormat}. {@code OnnxFile} also opens what it
 * has written, for evaluation by ONNX Runtime.
 */
package io.earlybird.spark.export;
