package io.earlybird.model.engine;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.reparametrization.Reparametrization;
import java.io.Serializable;

/**
 * Immutable description of one update.
 *
 * <p>With g the gradient of the mean loss, s = gammaL1 and mu = momentum (specification 0.3 and
 * 1.4):
 *
 * <pre>
 *   g' = g + weightDecay * w            every trainable entry; for gammas + s * sign(w), sign(0) = 0
 *   v  = mu * v + g'
 *   w  = w - learningRate * v           or, Nesterov, w - learningRate * (g' + mu * v)
 * </pre>
 *
 * The passes use effective weights, and g is pulled back from them, where a reparametrization says
 * so. Held entries keep value, gradient and momentum 0; or only the value, set to 0 after the
 * update.
 *
 * @param learningRate at least 0
 * @param momentum mu in [0, 1)
 * @param momentumForm heavy ball or Nesterov
 * @param weightDecay coupled, on every trainable entry
 * @param gammaL1 weight s of the L1 push on batch-norm scales
 * @param labelSmoothing a in [0, 1): (1 - a) * NLL + a * mean over classes of -log p (specification
 *     8.6)
 * @param lossScale factor on the loss during the backward pass, divided out before the update
 * @param held entries held at zero
 * @param heldMomentum what becomes of their momentum
 * @param reparametrization how stored weights become effective ones
 * @param quantization rounding inside the step
 */
public record StepRule(
    double learningRate,
    double momentum,
    MomentumForm momentumForm,
    double weightDecay,
    double gammaL1,
    double labelSmoothing,
    double lossScale,
    HeldEntries held,
    HeldMomentum heldMomentum,
    Reparametrization reparametrization,
    Quantization quantization)
    implements Serializable {
  public StepRule {
    require(
        learningRate >= 0 && Double.isFinite(learningRate),
        "learning rate",
        learningRate,
        "at least 0");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, "in [0, 1)");
    require(weightDecay >= 0, "weight decay", weightDecay, "at least 0");
    require(gammaL1 >= 0, "gamma L1", gammaL1, "at least 0");
    require(
        labelSmoothing >= 0 && labelSmoothing < 1, "label smoothing", labelSmoothing, "in [0, 1)");
    require(lossScale > 0, "loss scale", lossScale, "above 0");
  }

  private static void require(boolean valid, String what, double value, String range) {
    if (!valid) {
      throw new IllegalArgumentException("Invalid " + what + " " + value + ": must be " + range);
    }
  }

  /**
   * Stochastic gradient descent with heavy-ball momentum and coupled decay; everything else off.
   */
  public static StepRule sgd(double learningRate, double momentum, double weightDecay) {
    return new StepRule(
        learningRate,
        momentum,
        MomentumForm.HEAVY_BALL,
        weightDecay,
        0,
        0,
        1,
        HeldEntries.none(),
        HeldMomentum.ZERO,
        Reparametrization.none(),
        Quantization.none());
  }

  /** The same rule with another learning rate. */
  public StepRule withLearningRate(double rate) {
    return new StepRule(
        rate,
        momentum,
        momentumForm,
        weightDecay,
        gammaL1,
        labelSmoothing,
        lossScale,
        held,
        heldMomentum,
        reparametrization,
        quantization);
  }

  /** The same rule with another form of momentum. */
  public StepRule withMomentumForm(MomentumForm form) {
    return new StepRule(
        learningRate,
        momentum,
        form,
        weightDecay,
        gammaL1,
        labelSmoothing,
        lossScale,
        held,
        heldMomentum,
        reparametrization,
        quantization);
  }

  /** The same rule with another L1 push on gammas. */
  public StepRule withGammaL1(double s) {
    return new StepRule(
        learningRate,
        momentum,
        momentumForm,
        weightDecay,
        s,
        labelSmoothing,
        lossScale,
        held,
        heldMomentum,
        reparametrization,
        quantization);
  }

  /** The same rule with another label smoothing. */
  public StepRule withLabelSmoothing(double a) {
    return new StepRule(
        learningRate,
        momentum,
        momentumForm,
        weightDecay,
        gammaL1,
        a,
        lossScale,
        held,
        heldMomentum,
        reparametrization,
        quantization);
  }

  /** The same rule holding other entries. */
  public StepRule withHeld(HeldEntries entries) {
    return new StepRule(
        learningRate,
        momentum,
        momentumForm,
        weightDecay,
        gammaL1,
        labelSmoothing,
        lossScale,
        entries,
        heldMomentum,
        reparametrization,
        quantization);
  }

  /** The same rule with another treatment of the momentum of held entries. */
  public StepRule withHeldMomentum(HeldMomentum treatment) {
    return new StepRule(
        learningRate,
        momentum,
        momentumForm,
        weightDecay,
        gammaL1,
        labelSmoothing,
        lossScale,
        held,
        treatment,
        reparametrization,
        quantization);
  }

  /** The same rule with another factor on the loss. */
  public StepRule withLossScale(double scale) {
    return new StepRule(
        learningRate,
        momentum,
        momentumForm,
        weightDecay,
        gammaL1,
        labelSmoothing,
        scale,
        held,
        heldMomentum,
        reparametrization,
        quantization);
  }

  /** The same rule with another rounding. */
  public StepRule withQuantization(Quantization rounding) {
    return new StepRule(
        learningRate,
        momentum,
        momentumForm,
        weightDecay,
        gammaL1,
        labelSmoothing,
        lossScale,
        held,
        heldMomentum,
        reparametrization,
        rounding);
  }

  /** The same rule with other effective weights. */
  public StepRule withReparametrization(Reparametrization weights) {
    return new StepRule(
        learningRate,
        momentum,
        momentumForm,
        weightDecay,
        gammaL1,
        labelSmoothing,
        lossScale,
        held,
        heldMomentum,
        weights,
        quantization);
  }

  /**
   * The rule at a point of a run.
   *
   * @param rate learning rate there
   * @param epochs that are done, fractions of them included
   */
  public StepRule at(double rate, double epochs) {
    return withLearningRate(rate).withReparametrization(reparametrization.after(epochs));
  }
}
