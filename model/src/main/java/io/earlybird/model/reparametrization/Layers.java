package io.earlybird.model.reparametrization;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.ParameterLayout.Entry;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The weight tensors of a rule within a layout.
 *
 * @param entries in the order of the rule
 */
record Layers(List<Entry> entries) {
  static Layers of(ParameterLayout layout, List<String> names) {
    return new Layers(names.stream().map(layout::entry).toList());
  }

  int count() {
    return entries.stream().mapToInt(Entry::length).sum();
  }

  void forEach(IntConsumer index) {
    for (Entry entry : entries) {
      for (int i = entry.offset(); i < entry.end(); i++) {
        index.accept(i);
      }
    }
  }
}
