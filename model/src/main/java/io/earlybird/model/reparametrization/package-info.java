/**
 * How the weights that a step stores become those that its passes use, and how the gradient finds
 * its way back (specification 6.6 to 6.13).
 *
 * <p>Start with {@link io.earlybird.model.reparametrization.Reparametrization}. Everything is plain
 * Java over the flat array of a {@link io.earlybird.model.parameters.ParameterLayout}, and the same
 * for all engines. Letters: w a stored weight, g the gradient of the loss with respect to the
 * weight that the passes use, N the number of weights in the layers of a rule. The package knows
 * neither engines nor policies.
 */
package io.earlybird.model.reparametrization;
