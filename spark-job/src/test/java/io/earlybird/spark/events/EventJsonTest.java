package io.earlybird.spark.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.pruning.policy.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventJsonTest {
  @Test
  void anEpochIsWrittenWithTheNamesOfTheContract() {
    assertThat(EventJson.write(Events.EPOCH).toString())
        .isEqualTo(
            "{\"type\":\"epoch\",\"time\":\"2026-01-02T03:04:05.678Z\",\"epoch\":7,"
                + "\"phase\":\"search\",\"generation\":0,\"learningRate\":0.01,\"trainLoss\":1.25,"
                + "\"trainTop1\":0.5,\"validationLoss\":1.5,\"validationTop1\":0.4375,"
                + "\"validationTop5\":0.75,\"maskDistance\":{\"0.3\":0.0625,\"0.5\":0.125},"
                + "\"imagesPerSecond\":1234.5,\"seconds\":{\"total\":10.0,\"compute\":5.0,"
                + "\"data\":1.0,\"broadcast\":0.5,\"average\":0.25,\"evaluate\":2.0,"
                + "\"mask\":0.125,\"checkpoint\":1.125},\"parameters\":11689512,"
                + "\"paperFlopsPerImage\":3637254632,\"trainingPaperFlops\":1396705778688000,"
                + "\"gammaHistogram\":[3,0,61]}");
  }

  @Test
  void topFiveIsAbsentWhereItMeansNothing() {
    EpochEvent event =
        new EpochEvent(
            Events.TIME,
            1,
            Phase.RETRAIN,
            1,
            0.1,
            1,
            0.5,
            1,
            0.5,
            Double.NaN,
            Map.of(),
            1,
            Events.EPOCH.seconds(),
            1,
            1,
            1,
            List.of());
    assertThat(EventJson.write(event).has("validationTop5")).isFalse();
    assertThat(EventJson.write(event).has("gammaHistogram")).isFalse();
    assertThat(EventJson.write(event).get("phase").asText()).isEqualTo("retrain");
    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
  }

  @Test
  void aTicketIsWrittenWithTheNamesOfTheContract() {
    assertThat(EventJson.write(Events.TICKET).toString())
        .isEqualTo(
            "{\"type\":\"ticket\",\"time\":\"2026-01-02T03:04:05.678Z\",\"epoch\":7,"
                + "\"ratio\":0.5,\"detector\":\"consecutive\",\"distances\":[0.09,0.08]}");
  }

  @Test
  void aMeanOverEpochsIsWrittenAndRead() {
    SwaEvent event = new SwaEvent(Events.TIME, 18, 4, 0.25, 0.875);
    assertThat(EventJson.write(event).toString())
        .isEqualTo(
            "{\"type\":\"swa\",\"time\":\"2026-01-02T03:04:05.678Z\",\"epoch\":18,"
                + "\"epochs\":4,\"validationLoss\":0.25,\"validationTop1\":0.875}");
    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
  }

  @Test
  void aSwitchIsWrittenWithTheNamesOfTheContract() {
    assertThat(EventJson.write(Events.change()).toString())
        .isEqualTo(
            "{\"type\":\"switch\",\"time\":\"2026-01-02T03:04:05.678Z\",\"epoch\":7,"
                + "\"ratio\":0.5,\"mode\":\"union\",\"denseParameters\":100,\"parameters\":40,"
                + "\"densePaperFlops\":1000,\"paperFlops\":300,"
                + "\"keptChannels\":{\"conv1\":60,\"bn1\":30},"
                + "\"top1Before\":0.5,\"top1After\":0.25}");
  }

  @Test
  void aMaskOfWeightsIsWrittenAndReadAgain() {
    PruneEvent event =
        new PruneEvent(Events.TIME, 7, 0.9, "imp", 1000, 100, Double.NaN, Double.NaN);
    assertThat(EventJson.write(event).toString())
        .isEqualTo(
            "{\"type\":\"prune\",\"time\":\"2026-01-02T03:04:05.678Z\",\"epoch\":7,"
                + "\"ratio\":0.9,\"method\":\"imp\",\"weights\":1000,\"active\":100}");
    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
  }

  @Test
  void aMaskThatEndsARunTellsTheAccuracyBeforeAndAfter() {
    PruneEvent event = new PruneEvent(Events.TIME, 7, 0.9, "gsm", 1000, 100, 0.75, 0.5);
    assertThat(EventJson.write(event).toString())
        .endsWith("\"active\":100,\"top1Before\":0.75,\"top1After\":0.5}");
    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
  }

  @Test
  void aSummaryIsWrittenWithTheNamesOfTheContract() {
    assertThat(EventJson.write(Events.summary()).toString())
        .isEqualTo(
            "{\"type\":\"summary\",\"time\":\"2026-01-02T03:04:05.678Z\",\"epochs\":90,"
                + "\"finalTop1\":0.75,\"bestTop1\":0.76,\"trainingPaperFlops\":700,"
                + "\"denseTrainingPaperFlops\":1000,\"savedFlops\":0.3,\"seconds\":86500.5,"
                + "\"modelledEnergyJoule\":12.5}");
  }

  @Test
  void whatIsWrittenIsReadToTheSameBits() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (Event event : List.of(Events.EPOCH, Events.TICKET, Events.change(), Events.summary())) {
      assertThat(EventJson.read(mapper.readTree(EventJson.write(event).toString())))
          .isEqualTo(event);
    }
  }

  @Test
  void eachEventIsOneLine() {
    String lines = EventJson.lines(List.of(Events.EPOCH, Events.TICKET));
    assertThat(lines.lines()).hasSize(2).allMatch(line -> line.startsWith("{\"type\":\""));
    assertThat(lines).endsWith("}\n");
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertThatThrownBy(() -> EventJson.read(new ObjectMapper().readTree("{\"type\":\"x\"}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unknown type of event");
  }
}
