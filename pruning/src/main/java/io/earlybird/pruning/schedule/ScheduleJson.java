package io.earlybird.pruning.schedule;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.model.json.StrictJson;

/** JSON form of a {@link Schedule}: {@code {"kind": "step", "base": 0.1, ...}}. */
public final class ScheduleJson {
  private static final ObjectMapper MAPPER =
      StrictJson.mapper()
          .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .build();

  private ScheduleJson() {}

  /** The schedule as JSON; equal schedules give equal text. */
  public static String write(Schedule schedule) {
    try {
      return MAPPER.writerFor(Schedule.class).writeValueAsString(schedule);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write schedule " + schedule + " as JSON", e);
    }
  }

  /**
   * Reads and checks a schedule.
   *
   * @throws IllegalArgumentException if the text is no valid schedule
   */
  public static Schedule read(String json) {
    try {
      return StrictJson.read(MAPPER, json, Schedule.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid schedule JSON: " + StrictJson.problem(e), e);
    }
  }
}
