/** Uses of the core without Spark, as {@code docs/library.md} shows them. */
package io.earlybird.examples;
