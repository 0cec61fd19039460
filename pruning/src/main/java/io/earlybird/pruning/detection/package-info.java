/**
 * Mask distances over epochs, and the detectors that tell when the mask has settled (specification
 * 1.6, 1.7, 1.9).
 *
 * <p>Start with {@link io.earlybird.pruning.detection.Detector}. Detection looks at raw masks only;
 * what surgery later keeps in addition does not enter.
 */
package io.earlybird.pruning.detection;
