package io.earlybird.spark.compare;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.cost.EnergyModel;
import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.cost.TrainingFlops;
import io.earlybird.model.network.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables 2 and 3 of You et al. 2020 (arXiv 1909.11957) beside costs from this project's own counts
 * (specification 7.5).
 *
 * <p>3 * D * (dense epochs * F_d + pruned epochs * F_p), F_d counted and rounded to 0.01 G as the
 * paper does, epochs and F_p from {@code costs.csv}.
 */
public final class PublishedTables {
  private static final String IMAGENET = "ImageNet";
  private static final double GIGA = 1e9;
  private static final double PETA = 1e15;
  private static final double HUNDREDTH = 1e7;
  private static final double KILOJOULE = 1e3;
  private static final double MEGAJOULE = 1e6;

  private PublishedTables() {}

  /** All rows, as printed and recomputed. */
  public static List<PublishedRow> rows() {
    Map<List<String>, Map<String, String>> costs = new HashMap<>();
    read("costs.csv").forEach(cost -> costs.put(key(cost), cost));
    List<PublishedRow> rows = new ArrayList<>();
    for (Map<String, String> row : read("table2_cifar.csv")) {
      rows.add(
          row(
              row,
              number(row, "retrain_acc_pct"),
              number(row, "flops_P"),
              number(row, "energy_kJ") * KILOJOULE,
              costs));
    }
    for (Map<String, String> row : read("table3_imagenet.csv")) {
      row.put("dataset", IMAGENET);
      rows.add(
          row(
              row,
              number(row, "top1_pct"),
              number(row, "total_train_flops_P"),
              number(row, "total_train_energy_MJ_unit_inferred") * MEGAJOULE,
              costs));
    }
    return rows;
  }

  /** Rows of a network by its name in settings and number of classes; none for most networks. */
  public static List<PublishedRow> rowsOf(String network, int classes) {
    return rows().stream()
        .filter(row -> name(row.model()).equals(network) && classes(row.dataset()) == classes)
        .toList();
  }

  private static PublishedRow row(
      Map<String, String> row,
      double top1,
      double petaFlops,
      double joule,
      Map<List<String>, Map<String, String>> costs) {
    Map<String, String> cost = costs.get(key(row));
    double flops = cost == null ? Double.NaN : flops(cost);
    Network network = network(row.get("model"), row.get("dataset"));
    return new PublishedRow(
        row.get("model"),
        row.get("dataset"),
        row.get("method"),
        row.get("prune_pct"),
        top1,
        petaFlops,
        joule,
        flops / PETA,
        cost == null ? Double.NaN : number(cost, "tolerance_P"),
        EnergyModel.of(network).modelledJoule(flops, 0));
  }

  private static double flops(Map<String, String> cost) {
    String model = cost.get("model");
    OperationCount count = OperationCount.of(network(model, cost.get("dataset")));
    long forward = count.paperFlops();
    if (model.equals("ResNet50") && cost.get("method").equals("ThiNet")) {
      // ThiNet's own number: 2 per MAC of version 1
      forward = 2 * OperationCount.of(Networks.named("resnet50-v1")).macs();
    }
    TrainingFlops flops =
        new TrainingFlops(cost.get("dataset").equals(IMAGENET) ? 1_281_167 : 50_000);
    double dense = Math.round(forward / HUNDREDTH) * HUNDREDTH;
    return flops.epochs(number(cost, "dense_epochs"), dense)
        + flops.epochs(number(cost, "pruned_epochs"), number(cost, "pruned_G") * GIGA);
  }

  private static Network network(String model, String dataset) {
    int size = dataset.equals(IMAGENET) ? 224 : 32;
    return Networks.named(name(model), classes(dataset), size);
  }

  private static String name(String model) {
    return switch (model) {
      case "VGG16" -> "vgg16-cifar";
      case "PreResNet101" -> "preresnet-101";
      case "ResNet18" -> "resnet18";
      case "ResNet50" -> "resnet50";
      default -> throw new IllegalArgumentException("Unknown model of a published table: " + model);
    };
  }

  private static int classes(String dataset) {
    return switch (dataset) {
      case "CIFAR-10" -> 10;
      case "CIFAR-100" -> 100;
      case IMAGENET -> 1000;
      default ->
          throw new IllegalArgumentException("Unknown data set of a published table: " + dataset);
    };
  }

  private static List<String> key(Map<String, String> row) {
    return List.of(
        row.get("model"),
        row.getOrDefault("dataset", IMAGENET),
        row.get("method"),
        row.get("prune_pct"));
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  /** Rows by column; no cell holds a comma. */
  private static List<Map<String, String>> read(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                PublishedTables.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      List<String[]> lines = reader.lines().map(line -> line.split(",", -1)).toList();
      List<Map<String, String>> rows = new ArrayList<>();
      for (String[] cells : lines.subList(1, lines.size())) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
          row.put(lines.get(0)[i], cells[i]);
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + " from the class path", e);
    }
  }
}
