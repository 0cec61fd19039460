/**
 * Which of ND4J's back ends this process has, and whose kernels go with it.
 *
 * <p>There is one class, {@link io.earlybird.engine.dl4j.backend.Backend}.
 */
package io.earlybird.engine.dl4j.backend;
