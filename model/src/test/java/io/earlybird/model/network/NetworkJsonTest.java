package io.earlybird.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.parameters.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void auxiliaryTensorsAreWrittenWhereThereAreAny() {
    Network more = EVERY_KIND.withAuxiliaries(List.of(new Auxiliary("fc.threshold", 5, -0.5)));
    String json = NetworkJson.write(more);
    assertThat(json)
        .endsWith("\"auxiliaries\":[{\"name\":\"fc.threshold\",\"length\":5,\"initial\":-0.5}]}");
    assertThat(NetworkJson.read(json)).isEqualTo(more).isNotEqualTo(EVERY_KIND);
    assertThat(NetworkJson.write(EVERY_KIND)).doesNotContain("auxiliaries");
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
        "\"source\":\"bn\" | \"source\":\"lost\" | lost",
        "\"source\":\"bn\" | \"source\":null | null",
        "\"name\":\"relu\" | \"name\":null | null",
        "\"name\":\"every-kind\" | \"name\":null | null",
        "\"name\":\"every-kind\" | \"name\":\"a\",\"name\":\"b\" | Duplicate",
        "\"channels\":[0,2] | \"channels\":[0,null] | null",
        "\"channels\":[0,2] | \"channels\":[-1,2] | not ascending",
        "\"channels\":[0,2] | \"channels\":[0,2147483647] | only 4 channels",
        "\"sources\":[\"indexed\",\"max\"] | \"sources\":[\"indexed\",null] | null",
        "\"outChannels\":4 | \"outChannels\":4.5 | outChannels",
        "\"outChannels\":4 | \"outChannels\":\"4\" | outChannels",
        "\"outChannels\":4 | \"outChannels\":2147483647 | more than 2147483647 values",
        "\"outChannels\":4 | \"outChannels\":99999999999 | outChannels",
        "\"padding\":1 | \"padding\":2147483647 | more than 2147483647 values",
        "\"kernel\":2,\"stride\":2,\"padding\":0 | \"kernel\":2,\"stride\":2,\"padding\":1073741825"
            + " | padding 1073741825",
        "\"height\":8 | \"height\":2147483647 | more than 2147483647 values",
        "\"nodes\":[ | \"nodes\":[null, | null"
      })
  void aDocumentThatIsNoNetworkIsRefused(String part, String replacement, String reason) {
    String json = NetworkJson.write(EVERY_KIND);
    String broken = json.replace(part, replacement == null ? "" : replacement);
    assertThat(broken).isNotEqualTo(json);
    assertThatThrownBy(() -> NetworkJson.read(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "7", "{}", "", " ", "{\"format\":1,\"name\":\"a\",\"nodes\":[]}"})
  void whatIsNoDocumentIsRefused(String json) {
    assertThatThrownBy(() -> NetworkJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nvalid network");
  }

  @Test
  void deepDocumentsAreRefused() {
    String deep = "{\"format\":1,\"name\":\"a\",\"nodes\":" + "[".repeat(100_000);
    assertThatThrownBy(() -> NetworkJson.read(deep))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasSizeLessThan(1000);
  }

  @Test
  void aNetworkWithTooManyValuesIsRefused() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(40_000, 1, 1)));
    nodes.add(new Convolution("c1", "input", 40_000, 1, 1, 0));
    nodes.add(new Convolution("c2", "c1", 40_000, 1, 1, 0));
    nodes.add(new Linear("fc", "c2", 2, Linear.Initial.NORMAL_001));
    Network network = NetworkJson.read(NetworkJson.write(new Network("wide", nodes)));
    assertThatThrownBy(() -> ParameterLayout.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with tensor c2.weight it has more than 2^31 - 1 values");
  }

  @Test
  void truncatedTextIsRefused() {
    String json = NetworkJson.write(EVERY_KIND);
    assertThatThrownBy(() -> NetworkJson.read(json.substring(0, json.length() / 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid network JSON");
  }
}
