/** A run of a policy on averaged replicas of the reference engine, for tests. */
package io.earlybird.pruning.training;
