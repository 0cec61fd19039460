/**
 * Contestants in processes of their own that take turns, so that whatever else the machine does
 * hits all of them alike.
 *
 * <p>Start with {@link io.earlybird.benchmarks.race.Race}. A process of its own gives each
 * contestant its allocator, its OpenMP runtime and a peak of memory that is its alone; while one
 * works, the others wait for a line of input.
 */
package io.earlybird.benchmarks.race;
