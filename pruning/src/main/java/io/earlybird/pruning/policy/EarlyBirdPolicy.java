package io.earlybird.pruning.policy;

import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.TrainingPrecision;
import io.earlybird.pruning.detection.Detection;
import io.earlybird.pruning.mask.ChannelRanking;
import io.earlybird.pruning.mask.ChannelScores;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.schedule.Restarted;
import io.earlybird.pruning.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Trains the dense network until the ticket has emerged, cuts it out, and trains the ticket (You et
 * al. 2020, arXiv 1909.11957, Algorithm 1).
 */
final class EarlyBirdPolicy implements Policy {
  static final String NAME = "early-bird";

  private final TrainingRecipe recipe;
  private final EarlyBirdOptions options;
  private final TicketDrawer drawer;

  EarlyBirdPolicy(TrainingRecipe recipe, EarlyBirdOptions options) {
    this.recipe = recipe;
    this.options = options;
    this.drawer = new TicketDrawer(options, recipe.seed());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    if (state.phase() == Phase.RETRAIN) {
      return Transition.to(state, this, List.of());
    }
    EarlyBirdMemory memory = watched(state, remembered(state));
    List<PolicyEvent> events = new ArrayList<>();
    for (double ratio : options.ratios()) {
      memory = examined(state, memory, ratio, events);
    }
    TrainingState next = state.remembering(memory.write());
    if (switches(state, memory)) {
      Ticket ticket = ticketOf(events).orElse(null);
      if (ticket == null) {
        ticket = drawer.draw(state, memory, newest(memory, options.switchRatio()));
      }
      next = state.switched(ticket, memory.withSwitch(state.completedEpochs()).write());
      String mode = options.surgery().rule().settingName();
      events.add(PolicyEvent.Switched.of(state, ticket, options.switchRatio(), mode));
    }
    return new Transition(next, plan(next), events, distances(memory));
  }

  private EarlyBirdMemory remembered(TrainingState state) {
    if (state.completedEpochs() > 0) {
      return EarlyBirdMemory.read(state.memory(), options.ratios());
    }
    boolean rewinds = options.inherit() == Inherit.REWIND;
    return EarlyBirdMemory.start(
        options.ratios(),
        rewinds
            ? Optional.of(new EarlyBirdMemory.Values(state.parameters().values().clone()))
            : Optional.empty());
  }

  private EarlyBirdMemory watched(TrainingState state, EarlyBirdMemory memory) {
    if (memory.masks() != state.completedEpochs()) {
      throw new IllegalStateException(
          "Cannot look at the masks after epoch "
              + state.completedEpochs()
              + ": "
              + memory.masks()
              + " are remembered; ask once before the first epoch and once after each");
    }
    ChannelRanking ranking =
        ChannelRanking.of(ChannelScores.of(state.network(), state.parameters()));
    EarlyBirdMemory longer = memory;
    for (double ratio : options.ratios()) {
      longer = longer.withMask(ratio, ranking.mask(ratio, options.maskRule()));
    }
    return longer;
  }

  private EarlyBirdMemory examined(
      TrainingState state, EarlyBirdMemory memory, double ratio, List<PolicyEvent> events) {
    if (memory.emerged().containsKey(ratio)) {
      return memory;
    }
    Detection detection = options.detector().examine(memory.histories().get(ratio));
    if (!detection.emerged()) {
      return memory;
    }
    events.add(
        new PolicyEvent.TicketEmerged(
            state.completedEpochs(),
            ratio,
            options.detector().name(),
            detection.distances(),
            drawer.draw(state, memory, newest(memory, ratio))));
    return memory.withEmerged(ratio, state.completedEpochs());
  }

  private boolean switches(TrainingState state, EarlyBirdMemory memory) {
    int epoch = state.completedEpochs();
    boolean forced = epoch > 0 && epoch == options.switchAtEpoch();
    boolean atEnd = epoch == recipe.epochs() && options.ifNoTicket() == IfNoTicket.SWITCH_AT_END;
    return memory.emerged().containsKey(options.switchRatio()) || forced || atEnd;
  }

  private Optional<Ticket> ticketOf(List<PolicyEvent> events) {
    for (PolicyEvent event : events) {
      if (event instanceof PolicyEvent.TicketEmerged emerged
          && emerged.ratio() == options.switchRatio()) {
        return Optional.of(emerged.ticket());
      }
    }
    return Optional.empty();
  }

  private static Mask newest(EarlyBirdMemory memory, double ratio) {
    return memory.histories().get(ratio).newest();
  }

  private static Map<String, Double> distances(EarlyBirdMemory memory) {
    Map<String, Double> distances = new TreeMap<>();
    memory
        .histories()
        .forEach(
            (ratio, history) ->
                history
                    .newestDistance()
                    .ifPresent(distance -> distances.put(Double.toString(ratio), distance)));
    return distances;
  }

  @Override
  public Plan plan(TrainingState state) {
    boolean search = state.phase() == Phase.SEARCH;
    double gammaL1 = search || options.keepGammaL1() ? options.gammaL1() : 0;
    TrainingPrecision precision = search ? options.searchPrecision() : options.retrainPrecision();
    StepRule rule =
        recipe
            .rule()
            .withGammaL1(gammaL1)
            .withHeld(state.held())
            .withQuantization(precision.quantization(recipe.seed()));
    Schedule schedule = recipe.schedule();
    int epochs = recipe.epochs();
    if (!search && options.inherit() != Inherit.INHERIT) {
      int start = EarlyBirdMemory.read(state.memory(), options.ratios()).switchedAt();
      schedule = new Restarted(schedule, start);
      epochs = Math.addExact(epochs, start);
    }
    return Plan.until(epochs, state, rule, schedule, precision.replicas());
  }

  @Override
  public OptionalInt horizon() {
    boolean endDecides =
        options.ifNoTicket() == IfNoTicket.SWITCH_AT_END
            && (options.switchAtEpoch() == 0 || options.switchAtEpoch() >= recipe.epochs());
    return endDecides ? OptionalInt.of(recipe.epochs()) : recipe.schedule().horizon();
  }

  @Override
  public List<String> remarks(TrainingState state) {
    EarlyBirdMemory memory = EarlyBirdMemory.read(state.memory(), options.ratios());
    List<String> remarks = new ArrayList<>();
    for (double ratio : options.ratios()) {
      if (!memory.emerged().containsKey(ratio)) {
        int epochs = memory.masks() - 1;
        remarks.add("No ticket emerged at ratio " + ratio + " in " + epochs + " epochs of search");
      }
    }
    if (memory.switchedAt() >= 0 && !memory.emerged().containsKey(options.switchRatio())) {
      remarks.add(
          "The switch at ratio "
              + options.switchRatio()
              + " after epoch "
              + memory.switchedAt()
              + " was forced");
    }
    return remarks;
  }
}
