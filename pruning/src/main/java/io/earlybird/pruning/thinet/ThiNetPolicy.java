package io.earlybird.pruning.thinet;

import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.random.Seeds;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.Ticket;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.schedule.ConstantRate;
import io.earlybird.pruning.schedule.Restarted;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import io.earlybird.pruning.surgery.SurgeryOptions;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Cuts the layers one after the other, trains in between, and retrains at last. */
final class ThiNetPolicy implements Policy {
  private static final String NAME = "thinet";

  /**
   * What is remembered.
   *
   * @param cut layers that have been cut
   * @param layers all that will be; 0 before the first is known
   * @param start completed epochs when the last of them was cut
   */
  record Progress(int cut, int layers, int start) {
    boolean over() {
      return layers > 0 && cut == layers;
    }
  }

  private final TrainingRecipe recipe;
  private final ThiNetOptions options;
  private final Schedule retraining;

  ThiNetPolicy(TrainingRecipe recipe, ThiNetOptions options, Schedule retraining) {
    this.recipe = recipe;
    this.options = options;
    this.retraining = retraining;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    TrainingState next = state;
    if (state.completedEpochs() == 0) {
      int layers = ThinLayer.of(state.network()).size();
      next = remember(state, new Progress(0, layers, recipe.epochs() - options.layerEpochs()));
    }
    List<PolicyEvent> events = new ArrayList<>();
    while (due(next)) {
      next = cut(next, probe, events);
    }
    return Transition.to(next, this, events);
  }

  /** Whether a layer is cut now; without epochs in between, one follows the other. */
  private boolean due(TrainingState state) {
    Progress progress = progress(state);
    return !progress.over() && state.completedEpochs() == progress.start() + options.layerEpochs();
  }

  private TrainingState cut(TrainingState state, Probe probe, List<PolicyEvent> events) {
    Progress progress = progress(state);
    Network network = state.network();
    ThinLayer layer = ThinLayer.of(network).get(progress.cut());
    Contributions contributions = contributions(state, probe, layer, progress.cut());
    int channels = contributions.channels();
    BitSet gone = GreedyChannels.gone(contributions, channels - options.kept(channels));
    Cut cut =
        ChannelSurgery.cut(
            network, state.parameters(), mask(network, layer, gone), SurgeryOptions.defaults());
    Parameters values = cut.parameters(state.parameters());
    scale(values, layer, GreedyChannels.factors(contributions, gone));
    Ticket ticket =
        new Ticket(cut.network(), values, cut.momentum(state.momentum()), cut.held(state.held()));
    String mode = "thinet " + layer.norm().name();
    events.add(PolicyEvent.Switched.of(state, ticket, 1 - options.keepRate(), mode));
    Progress after = new Progress(progress.cut() + 1, progress.layers(), state.completedEpochs());
    return state.switched(ticket, PolicyMemory.of(after, Map.of()));
  }

  private Contributions contributions(
      TrainingState state, Probe probe, ThinLayer layer, int number) {
    String input = layer.reader().source();
    Shape shape = state.network().shape(input);
    List<float[]> activations =
        probe.activations(state, Set.of(input), options.batches()).stream()
            .map(batch -> batch.get(input))
            .toList();
    FloatBuffer kernel = state.parameters().slice(layer.reader().name() + ".weight");
    return Contributions.draw(
        activations,
        shape,
        layer.reader(),
        kernel,
        options.samplesPerImage(),
        Seeds.random(Seeds.derive(recipe.seed(), NAME), number));
  }

  private static Mask mask(Network network, ThinLayer layer, BitSet gone) {
    BatchNormChannels channels = BatchNormChannels.of(network);
    int offset = channels.layer(layer.norm().name()).offset();
    BitSet kept = new BitSet();
    kept.set(0, channels.total());
    gone.stream().forEach(channel -> kept.clear(offset + channel));
    return Mask.of(kept, channels.total());
  }

  /** Multiplies the input channels of the next convolution [O, C, k, k]. */
  private static void scale(Parameters values, ThinLayer layer, double[] factors) {
    FloatBuffer kernel = values.slice(layer.reader().name() + ".weight");
    int window = layer.reader().kernel() * layer.reader().kernel();
    for (int i = 0; i < kernel.capacity(); i++) {
      kernel.put(i, (float) (kernel.get(i) * factors[i / window % factors.length]));
    }
  }

  private static TrainingState remember(TrainingState state, Progress progress) {
    return state.remembering(PolicyMemory.of(progress, Map.of()));
  }

  private Progress progress(TrainingState state) {
    return state.memory().document(Progress.class, NAME);
  }

  @Override
  public Plan plan(TrainingState state) {
    Progress progress = progress(state);
    return Plan.until(
        end(progress) + options.retrainEpochs(),
        state,
        recipe.rule().withHeld(state.held()),
        schedule(progress),
        recipe.precision());
  }

  /** Completed epochs at the last cut. */
  private int end(Progress progress) {
    return recipe.epochs() + Math.max(0, progress.layers() - 1) * options.layerEpochs();
  }

  private Schedule schedule(Progress progress) {
    if (progress.cut() == 0) {
      return recipe.schedule();
    }
    return progress.over()
        ? new Restarted(retraining, progress.start())
        : new ConstantRate(options.learningRate());
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(recipe.epochs() + options.retrainEpochs());
  }
}
