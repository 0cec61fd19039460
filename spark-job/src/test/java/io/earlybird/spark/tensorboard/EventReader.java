package io.earlybird.spark.tensorboard;

import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.proto.framework.Summary;
import org.tensorflow.proto.util.Event;

/**
 * Event files as TensorFlow's own reader of records, which checks sums, and its messages see them.
 */
final class EventReader {
  private EventReader() {}

  /** All records of a file. */
  static List<Event> read(FileStore directory, String file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (InputStream in = directory.open(file)) {
      TFRecordReader reader = new TFRecordReader(in, true);
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        events.add(Event.parseFrom(record));
      }
    }
    return events;
  }

  /** Records of all files in the order in which TensorBoard reads them. */
  static List<Event> read(FileStore directory) throws IOException {
    List<Event> events = new ArrayList<>();
    for (String file : directory.list()) {
      events.addAll(read(directory, file));
    }
    return events;
  }

  /** Values of a curve by step. */
  static Map<Long, Float> curve(List<Event> events, String tag) {
    Map<Long, Float> curve = new TreeMap<>();
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)) {
          if (value.getValueCase() != Summary.Value.ValueCase.SIMPLE_VALUE
              || curve.containsKey(event.getStep())) {
            throw new AssertionError("No curve: " + tag + " at step " + event.getStep());
          }
          curve.put(event.getStep(), value.getSimpleValue());
        }
      }
    }
    return curve;
  }

  /** What is under a tag at a step. */
  static Summary.Value value(List<Event> events, long step, String tag) {
    return events.stream()
        .filter(event -> event.getStep() == step)
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + tag + " at step " + step));
  }
}
