/**
 * The networks by name: ResNet, VGG, pre-activation ResNet and small ones for demonstrations.
 *
 * <p>Start with {@link io.earlybird.model.architecture.Networks}. Nodes of a block stand in the
 * order in which the published models register their modules, so that masks and tensors have the
 * order of the paper. The package only builds networks; what they cost and how they are trained is
 * known elsewhere.
 */
package io.earlybird.model.architecture;
