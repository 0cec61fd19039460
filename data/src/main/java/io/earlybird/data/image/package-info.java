/**
 * From the bytes of an image file to normalized pixels of a batch: decoding, augmentation,
 * resampling.
 *
 * <p>Start reading at {@link io.earlybird.data.image.ImagePipeline}. Letters: S side of the
 * network's input. Knows neither shards nor files.
 */
package io.earlybird.data.image;
