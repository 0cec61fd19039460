/**
 * The report of a run: one HTML file that needs no network and no server.
 *
 * <p>Start with {@link io.earlybird.spark.report.Report}. {@code ReportData} gathers what the page
 * shows; the page itself is {@code report.html} and {@code report.js}, with the {@code page.html},
 * {@code page.css} and {@code page.js} of all pages, beside this package's classes, and draws with
 * ECharts. This package knows nothing of Spark or of the loop.
 */
package io.earlybird.spark.report;
