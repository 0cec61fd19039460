/**
 * Networks, tensors, operation counts, the engine interface and the file formats. Knows neither
 * Spark nor any engine nor native code.
 */
package io.earlybird.model;
