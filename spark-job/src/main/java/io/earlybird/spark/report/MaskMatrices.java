package io.earlybird.spark.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.pruning.detection.DistanceMatrix;
import io.earlybird.pruning.detection.MaskHistory;
import java.util.SortedMap;

/** Pairwise distances of masks, as pages show them (specification 1.9). */
public final class MaskMatrices {
  private static final double STEPS = 1e4;

  private MaskMatrices() {}

  /**
   * Rows of distances by pruning ratio, to four digits, of the masks after epochs 1, 2, ...; the
   * one before training says nothing.
   */
  public static ObjectNode json(SortedMap<Double, MaskHistory> masks) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    masks.forEach(
        (ratio, history) -> {
          if (history.epochs() > 0) {
            DistanceMatrix matrix =
                DistanceMatrix.of(history.masks().subList(1, history.masks().size()));
            ArrayNode rows = json.putArray(ratio.toString());
            for (int i = 0; i < matrix.size(); i++) {
              ArrayNode row = rows.addArray();
              for (int j = 0; j < matrix.size(); j++) {
                row.add(Math.round(matrix.at(i, j) * STEPS) / STEPS);
              }
            }
          }
        });
    return json;
  }
}
