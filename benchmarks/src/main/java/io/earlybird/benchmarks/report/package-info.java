/**
 * What results are written as: Markdown tables and JSON, with the machine and the commit.
 *
 * <p>Start with {@link io.earlybird.benchmarks.report.Results}.
 */
package io.earlybird.benchmarks.report;
