package io.earlybird.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkJsonTest {
  private static final Network EVERY_KIND =
      new Network(
          "every-kind",
          List.of(
              new Input("input", new Shape(3, 8, 8)),
              new Convolution("conv", "input", 4, 3, 1, 1, true),
              new BatchNorm("bn", "conv", 0.5),
              new Relu("relu", "bn"),
              new MaxPool("max", "relu", 2, 2, 0),
              new ChannelSelect("select", "max", List.of(0, 2)),
              new IndexedAdd(
                  "indexed",
                  4,
                  List.of(
                      new IndexedAdd.Term("max", List.of(0, 1, 2, 3)),
                      new IndexedAdd.Term("select", List.of(1, 3)))),
              new Add("add", List.of("indexed", "max")),
              new AveragePool("avg", "add", 4, 1, true),
              new Linear("fc", "avg", 5, Linear.Initial.NORMAL_001)));

  @Test
  void whatIsWrittenIsRead() {
    String json = NetworkJson.write(EVERY_KIND);
    Network read = NetworkJson.read(json);
    assertThat(read).isEqualTo(EVERY_KIND);
    assertThat(NetworkJson.write(read)).isEqualTo(json);
  }

  @Test
  void aDocumentNamesFormatAndKinds() {
    assertThat(NetworkJson.write(EVERY_KIND))
        .startsWith("{\"format\":1,\"name\":\"every-kind\",\"nodes\":[{\"kind\":\"input\"")
        .contains(
            "{\"kind\":\"batch-norm\",\"name\":\"bn\",\"source\":\"conv\",\"initialGamma\":0.5}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\":1 | \"format\":2 | format 2, this version reads 1",
        "\"kind\":\"relu\" | \"kind\":\"gelu\" | gelu",
        "\"initialGamma\":0.5 | \"initialGamma\":0.5,\"momentum\":1 | momentum",
        "\"outChannels\":4, | | outChannels",
        "\"outChannels\":4 | \"outChannels\":null | null",
        "\"stride\":2 | \"stride\":0 | stride 0",
        "\"source\":\"bn\" | \"source\":\"lost\" | lost"
      })
  void aDocumentThatIsNoNetworkIsRefused(String part, String replacement, String reason) {
    String json = NetworkJson.write(EVERY_KIND);
    String broken = json.replace(part, replacement == null ? "" : replacement);
    assertThat(broken).isNotEqualTo(json);
    assertThatThrownBy(() -> NetworkJson.read(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void truncatedTextIsRefused() {
    String json = NetworkJson.write(EVERY_KIND);
    assertThatThrownBy(() -> NetworkJson.read(json.substring(0, json.length() / 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid network JSON");
  }
}
