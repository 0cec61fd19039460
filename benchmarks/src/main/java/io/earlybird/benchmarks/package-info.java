/** JMH and end-to-end benchmarks. Nothing depends on them. */
package io.earlybird.benchmarks;
