/**
 * Seeds that are functions of what they are for, so that no random draw depends on the order of
 * events.
 */
package io.earlybird.model.random;
