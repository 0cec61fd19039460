/**
 * The neutral core: networks, parameters, operation counts, the engine interface and file formats.
 *
 * <p>Start with {@link io.earlybird.model.network.Network}, then {@link
 * io.earlybird.model.engine.Engine}. The module knows the JDK and a JSON library, and nothing of
 * Spark, Hadoop or any engine.
 */
package io.earlybird.model;
