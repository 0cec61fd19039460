/** Networks as graphs of DL4J's own layers, for use without this engine. */
package io.earlybird.engine.dl4j.stock;
