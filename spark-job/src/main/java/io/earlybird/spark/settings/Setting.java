package io.earlybird.spark.settings;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;

/**
 * One resolved setting.
 *
 * @param key relative to {@code earlybird.}, for example {@code optimizer.learning-rate}
 * @param value typed as the record tree has it
 * @param effect whether it changes the result
 */
public record Setting(String key, ConfigValue value, Effect effect) {
  /** The value as JSON without spaces; equal values have equal text. */
  public String text() {
    return value.render(ConfigRenderOptions.concise());
  }
}
