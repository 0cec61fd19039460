/**
 * The reference engine: every node kind in plain Java, double precision, straight loops, no native
 * code.
 *
 * <p>It is the third opinion when two engines disagree, and what surgery is tested against to
 * 1e-12. Start with {@link io.earlybird.model.reference.ReferenceReplica}. It is a test artifact:
 * clarity comes before speed, and nothing in production sees it. Each operator follows the section
 * of the specification that it names; none of them knows the others.
 *
 * <p>Letters: N samples, C channels, H and W extents; O output and I input channels of a kernel.
 */
package io.earlybird.model.reference;
