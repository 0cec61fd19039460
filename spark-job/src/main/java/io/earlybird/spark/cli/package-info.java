/**
 * The commands: each parses its options, asks the packages that do the work, prints, and answers
 * with an exit code.
 *
 * <p>Start with {@link io.earlybird.spark.cli.Earlybird}. What can be found before the work begins
 * ends with 2, what fails later with 1, both with one message.
 */
package io.earlybird.spark.cli;
