package io.earlybird.engine.dl4j.layers;

import io.earlybird.model.engine.MomentumForm;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The update of specification 0.3 for graphs that DL4J itself trains: v = mu * v + g'; w = w - lr *
 * v, or with Nesterov w - lr * (g' + mu * v). DL4J's own {@code Nesterovs} keeps learning rates in
 * v.
 *
 * <p>The learning rate of iteration i is the i-th of those given, and the last after that:
 * dl4j-spark starts each round at iteration 0.
 */
public final class HeavyBall implements IUpdater {
  private static final long serialVersionUID = 1;
  private static final String STATE = "V";

  private final double momentum;
  private final MomentumForm form;
  private double[] learningRates;

  /**
   * Describes the update.
   *
   * @param momentum mu in [0, 1)
   * @param form how v enters the update
   * @param learningRates at least one; copied
   */
  @JsonCreator
  public HeavyBall(
      @JsonProperty("momentum") double momentum,
      @JsonProperty("form") MomentumForm form,
      @JsonProperty("learningRates") double... learningRates) {
    if (learningRates.length == 0) {
      throw new IllegalArgumentException("Invalid learning rates: there must be at least one");
    }
    this.momentum = momentum;
    this.form = form;
    this.learningRates = learningRates.clone();
  }

  @Override
  public long stateSize(long parameters) {
    return parameters;
  }

  @Override
  public GradientUpdater<HeavyBall> instantiate(INDArray view, boolean initialize) {
    Velocity velocity = new Velocity(this);
    velocity.setStateViewArray(view, view.shape(), view.ordering(), initialize);
    return velocity;
  }

  @Override
  public GradientUpdater<HeavyBall> instantiate(Map<String, INDArray> state, boolean initialize) {
    Velocity velocity = new Velocity(this);
    velocity.setState(state, initialize);
    return velocity;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRates[Math.min(iteration, learningRates.length - 1)];
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  /** Replaces the rates by one. */
  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    if (schedule != null) {
      throw new IllegalArgumentException("Give the learning rates of the iterations instead");
    }
    learningRates = new double[] {rate};
  }

  @Override
  public IUpdater clone() {
    return new HeavyBall(momentum, form, learningRates);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeavyBall that
        && momentum == that.momentum
        && form == that.form
        && Arrays.equals(learningRates, that.learningRates);
  }

  @Override
  public int hashCode() {
    return Objects.hash(momentum, form, Arrays.hashCode(learningRates));
  }

  /** The velocity of one block of parameters. */
  private static final class Velocity implements GradientUpdater<HeavyBall> {
    private final HeavyBall config;
    private INDArray velocity;

    Velocity(HeavyBall config) {
      this.config = config;
    }

    @Override
    public HeavyBall getConfig() {
      return config;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialize) {
      velocity = state.get(STATE);
    }

    @Override
    public Map<String, INDArray> getState() {
      return Map.of(STATE, velocity);
    }

    @Override
    public void setStateViewArray(
        INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
      if (initialize) {
        view.assign(0);
      }
      velocity = view.reshape(gradientOrder, gradientShape);
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      INDArray sameShape = gradient.reshape(velocity.shape());
      velocity.muli(config.momentum).addi(sameShape);
      switch (config.form) {
        case HEAVY_BALL -> sameShape.assign(velocity);
        case NESTEROV -> sameShape.addi(velocity.mul(config.momentum));
      }
      sameShape.muli(config.getLearningRate(iteration, epoch));
    }
  }
}
