package io.earlybird.spark.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.spark.report.MaskMatrices;
import io.earlybird.spark.report.Page;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** A comparison as one HTML file: the table, accuracy against FLOPs, masks, published rows. */
final class ComparisonPage {
  private ComparisonPage() {}

  static String of(
      Comparison comparison,
      SortedMap<String, SortedMap<Double, MaskHistory>> masks,
      List<PublishedRow> published,
      Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", comparison.name())
        .put("network", comparison.network())
        .put("baseline", comparison.baseline())
        .put("missing", comparison.missing())
        .put("explanation", Explanation.of(comparison))
        .put("generated", now.toString());
    ArrayNode header = json.putArray("header");
    ComparisonText.header(comparison).forEach(header::add);
    ArrayNode rows = json.putArray("rows");
    List<List<String>> cells = ComparisonText.cells(comparison);
    for (int i = 0; i < cells.size(); i++) {
      rows.add(row(comparison.rows().get(i), cells.get(i)));
    }
    ObjectNode matrices = json.putObject("matrices");
    masks.forEach(
        (entry, byRatio) ->
            MaskMatrices.json(byRatio)
                .fields()
                .forEachRemaining(
                    matrix ->
                        matrices.set(entry + ", ratio " + matrix.getKey(), matrix.getValue())));
    ArrayNode papers = json.putArray("published");
    published.forEach(row -> papers.add(published(row)));
    Page.Loading loading = comparison.missing() == 0 ? Page.Loading.ONCE : Page.Loading.EACH_MINUTE;
    return Page.of(ComparisonPage.class, "comparison", comparison.name(), loading, json);
  }

  private static ObjectNode row(Row row, List<String> texts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("entry", row.entry()).put("policy", row.policy());
    json.put("runs", row.runs().size());
    ArrayNode cells = json.putArray("cells");
    texts.forEach(cells::add);
    put(json, "top1", row.top1());
    put(json, "flops", row.trainingFlops());
    put(json, "sparsity", row.sparsity());
    put(json, "prunedAfter", row.prunedAfter());
    put(json, "seconds", row.seconds());
    return json;
  }

  /** Mean and deviation; what there is not is absent. */
  private static void put(ObjectNode json, String name, Spread spread) {
    if (!Double.isNaN(spread.mean())) {
      json.put(name, spread.mean());
      json.put(name + "Deviation", Double.isNaN(spread.deviation()) ? 0 : spread.deviation());
    }
  }

  private static ObjectNode published(PublishedRow row) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", row.model())
            .put("dataset", row.dataset())
            .put("method", row.method())
            .put("ratio", row.percent())
            .put("top1", row.top1())
            .put("printed", row.petaFlops())
            .put("joule", row.joule());
    if (row.known()) {
      json.put("recomputed", row.recomputedPetaFlops()).put("modelled", row.modelledJoule());
    }
    return json;
  }
}
