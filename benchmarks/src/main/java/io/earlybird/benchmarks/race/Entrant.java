package io.earlybird.benchmarks.race;

import io.earlybird.model.engine.Precision;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A contestant as it is named on the command line: a kind, and how it differs from the usual.
 *
 * @param kind which way to train
 * @param variants {@code tuned}: the peer with the allocator settings of the launcher; {@code
 *     launcher}: the peer with all that the launcher exports, as engines have it anyway; {@code
 *     bfloat16}: the precision of an engine
 */
public record Entrant(Kind kind, Set<Variant> variants) {
  /** What can be different. */
  public enum Variant {
    TUNED,
    LAUNCHER,
    BFLOAT16
  }

  public Entrant {
    variants = Set.copyOf(variants);
    boolean possible =
        variants.stream()
            .allMatch(variant -> variant == Variant.BFLOAT16 ? kind.engine() : kind.peer());
    if (!possible) {
      throw new IllegalArgumentException(
          "Invalid contestant "
              + kind.label()
              + " with "
              + variants
              + ": tuned and launcher are for libtorch and libtorch-nhwc, bfloat16 for torch and dl4j");
    }
  }

  /**
   * Reads {@code KIND} or {@code KIND+VARIANT}, for example {@code libtorch-nhwc+tuned}.
   *
   * @throws IllegalArgumentException if there is no such contestant; the message lists the kinds
   */
  public static Entrant of(String text) {
    String[] parts = text.split("\\+");
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(known -> known.label().equals(parts[0]))
            .findFirst()
            .orElseThrow(() -> unknown(text));
    Set<Variant> variants = EnumSet.noneOf(Variant.class);
    for (int i = 1; i < parts.length; i++) {
      variants.add(variant(parts[i], text));
    }
    return new Entrant(kind, variants);
  }

  private static Variant variant(String name, String text) {
    return Arrays.stream(Variant.values())
        .filter(variant -> variant.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  private static IllegalArgumentException unknown(String text) {
    String kinds = Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "Unknown contestant "
            + text
            + "; known are "
            + kinds
            + ", with +tuned, +launcher or +bfloat16");
  }

  /** Whether its process gets the allocator's settings of the launcher. */
  boolean getsAllocator() {
    return getsLauncher() || variants.contains(Variant.TUNED);
  }

  /** Whether its process gets all that the launcher exports. */
  boolean getsLauncher() {
    return !kind.peer() || variants.contains(Variant.LAUNCHER);
  }

  /** Arithmetic. */
  public Precision precision() {
    return variants.contains(Variant.BFLOAT16) ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  @Override
  public String toString() {
    String suffix =
        variants.stream()
            .sorted()
            .map(variant -> "+" + variant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return kind.label() + suffix;
  }
}
