package io.earlybird.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the results of one command: {@code NAME.md} for people, {@code NAME.json} for programs.
 */
public final class Results {
  private final Path directory;
  private final String name;

  /** Results in that directory, which is made if need be. */
  public Results(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  /**
   * Writes both files; called again, it replaces them.
   *
   * @param sections of Markdown
   * @param rows records
   */
  public void write(Machine machine, List<String> sections, List<? extends Record> rows) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine);
    json.put("rows", rows);
    write(machine.paragraph() + "\n\n" + String.join("\n", sections) + "\n", json);
  }

  /**
   * Writes both files; called again, it replaces them.
   *
   * @param text Markdown
   * @param json what Jackson can write
   */
  public void write(String text, Map<String, Object> json) {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try {
      Files.createDirectories(directory);
      Files.writeString(markdown(), text);
      mapper.writeValue(directory.resolve(name + ".json").toFile(), json);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write results to " + directory, e);
    }
  }

  /** The file for people. */
  public Path markdown() {
    return directory.resolve(name + ".md");
  }
}
