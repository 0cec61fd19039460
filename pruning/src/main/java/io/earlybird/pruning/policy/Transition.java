package io.earlybird.pruning.policy;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.pruning.policy.Plan.Decision;
import io.earlybird.pruning.schedule.Schedule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answer of a policy.
 *
 * @param state what to go on from, and what a checkpoint stores
 * @param plan how the next epoch is trained
 * @param events what has happened, in order
 * @param maskDistances newest distance by pruning ratio, written as in {@code "0.5"}; absent before
 *     the second epoch and after the switch
 */
public record Transition(
    TrainingState state, Plan plan, List<PolicyEvent> events, Map<String, Double> maskDistances) {
  public Transition {
    events = List.copyOf(events);
    maskDistances = Collections.unmodifiableMap(new TreeMap<>(maskDistances));
  }

  /** Goes on from a state by the plan that the policy has for it, without distances of masks. */
  public static Transition to(TrainingState state, Policy policy, List<PolicyEvent> events) {
    return new Transition(state, policy.plan(state), events, Map.of());
  }

  /** Step rule without learning rate. */
  public StepRule rule() {
    return plan.rule();
  }

  /** Learning rates. */
  public Schedule schedule() {
    return plan.schedule();
  }

  /** Arithmetic of the replicas. */
  public Precision precision() {
    return plan.precision();
  }

  /** Whether there is a next epoch. */
  public Decision decision() {
    return plan.decision();
  }
}
