package io.earlybird.spark.events;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.earlybird.model.json.StrictJson;
import io.earlybird.pruning.policy.Phase;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * JSON form of events: a compact object with {@code type} first, then the components of the record
 * under their own names. A number that is NaN is absent, and so is a histogram without bins.
 */
public final class EventJson {
  private static final String HISTOGRAM = "gammaHistogram";
  private static final ObjectMapper MAPPER =
      StrictJson.mapper()
          .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader())
                  .addSerializer(Phase.class, new PhaseWriter())
                  .addDeserializer(Phase.class, new PhaseReader()))
          .build();

  private EventJson() {}

  /** An event as JSON; equal events give equal text. */
  public static ObjectNode write(Event event) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("type", type(event));
    line.setAll(MAPPER.<ObjectNode>valueToTree(event));
    List<String> absent = new ArrayList<>();
    line.fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isDouble() && Double.isNaN(field.getValue().doubleValue())) {
                absent.add(field.getKey());
              }
            });
    if (line.path(HISTOGRAM).isEmpty()) {
      absent.add(HISTOGRAM);
    }
    return line.remove(absent);
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if the object is no event
   */
  public static Event read(JsonNode line) {
    if (!line.isObject()) {
      throw new IllegalArgumentException("Invalid event: no object, but " + line.getNodeType());
    }
    try {
      ObjectNode fields = line.deepCopy();
      String type = fields.path("type").asText();
      fields.remove("type");
      return switch (type) {
        case "epoch" -> {
          absentIsNaN(fields, "validationTop5");
          if (!fields.has(HISTOGRAM)) {
            fields.putArray(HISTOGRAM);
          }
          yield MAPPER.treeToValue(fields, EpochEvent.class);
        }
        case "ticket" -> MAPPER.treeToValue(fields, TicketEvent.class);
        case "switch" -> {
          absentIsNaN(fields, "top1Before");
          absentIsNaN(fields, "top1After");
          yield MAPPER.treeToValue(fields, SwitchEvent.class);
        }
        case "prune" -> {
          absentIsNaN(fields, "top1Before");
          absentIsNaN(fields, "top1After");
          yield MAPPER.treeToValue(fields, PruneEvent.class);
        }
        case "swa" -> MAPPER.treeToValue(fields, SwaEvent.class);
        case "summary" -> MAPPER.treeToValue(fields, SummaryEvent.class);
        default ->
            throw new IllegalArgumentException("Unknown type of event: " + StrictJson.shown(type));
      };
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid event: " + StrictJson.problem(e), e);
    }
  }

  private static void absentIsNaN(ObjectNode fields, String name) {
    if (!fields.has(name)) {
      fields.put(name, Double.NaN);
    }
  }

  /** The content of {@code events.jsonl}. */
  public static String lines(List<Event> events) {
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(write(event)).append('\n'));
    return lines.toString();
  }

  private static String type(Event event) {
    if (event instanceof EpochEvent) {
      return "epoch";
    }
    if (event instanceof TicketEvent) {
      return "ticket";
    }
    if (event instanceof PruneEvent) {
      return "prune";
    }
    if (event instanceof SwaEvent) {
      return "swa";
    }
    return event instanceof SwitchEvent ? "switch" : "summary";
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getText());
    }
  }

  private static final class PhaseReader extends StdDeserializer<Phase> {
    private static final long serialVersionUID = 1;

    PhaseReader() {
      super(Phase.class);
    }

    @Override
    public Phase deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return Phase.valueOf(parser.getText().toUpperCase(Locale.ROOT));
    }
  }

  private static final class PhaseWriter extends StdSerializer<Phase> {
    private static final long serialVersionUID = 1;

    PhaseWriter() {
      super(Phase.class);
    }

    @Override
    public void serialize(Phase phase, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(phase.name().toLowerCase(Locale.ROOT));
    }
  }
}
