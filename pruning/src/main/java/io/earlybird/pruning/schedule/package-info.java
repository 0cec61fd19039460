/**
 * Learning rates as closed forms of (epoch, step), so that a resumed or restarted run applies the
 * same rates as an uninterrupted one.
 *
 * <p>Start with {@link io.earlybird.pruning.schedule.Schedule}. Letters: e is the 0-based epoch, i
 * the 0-based iteration of the run, I the iterations of an epoch, T the epochs of the run. The
 * record of a dense training, from which retraining rates follow, is a closed form too: {@link
 * io.earlybird.pruning.schedule.RateRecord}. The package knows nothing of networks or policies.
 */
package io.earlybird.pruning.schedule;
