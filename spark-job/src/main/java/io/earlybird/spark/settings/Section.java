package io.earlybird.spark.settings;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Typed access to the settings below one prefix.
 *
 * <p>A value that is no good is recorded as a problem and replaced by the default, or by the least
 * valid value where there is none, so that reading goes on and finds the other problems.
 */
final class Section {
  private final Source source;
  private final String prefix;

  Section(Source source, String prefix) {
    this.source = source;
    this.prefix = prefix;
  }

  Section section(String name) {
    return new Section(source, key(name) + ".");
  }

  /** The full key of a setting of this section. */
  String key(String name) {
    return prefix + name;
  }

  /** Adds a contradiction unless the condition holds. */
  void require(boolean holds, String problem) {
    if (!holds) {
      source.problem(problem);
    }
  }

  int integer(String name, Effect effect, int least, int most) {
    return source.read(
        key(name),
        effect,
        text -> {
          long value = Long.parseLong(text.strip());
          return value >= least && value <= most ? (int) value : null;
        },
        Allowed.of("a whole number", "in [" + least + ", " + most + "]"),
        least);
  }

  long number(String name, Effect effect) {
    return source.read(
        key(name),
        effect,
        text -> Long.valueOf(text.strip()),
        Allowed.of("a whole number", ""),
        0L);
  }

  /** A real number that the range accepts. */
  double real(String name, Effect effect, Range range) {
    return source.read(
        key(name),
        effect,
        text -> {
          double value = Double.parseDouble(text.strip());
          return range.holds(value) ? canonical(value) : null;
        },
        Allowed.of("a number", range.toString()),
        range.any());
  }

  boolean flag(String name, Effect effect) {
    return source.read(
        key(name),
        effect,
        text ->
            switch (text.strip()) {
              case "on", "true", "yes" -> true;
              case "off", "false", "no" -> false;
              default -> null;
            },
        Allowed.of("on or off", ""),
        false);
  }

  <E extends Enum<E>> E choice(String name, Effect effect, Class<E> kind) {
    return choice(name, effect, List.of(kind.getEnumConstants()));
  }

  /** One of some constants, written in kebab case. */
  <E extends Enum<E>> E choice(String name, Effect effect, List<E> choices) {
    return source.readAs(
        key(name),
        effect,
        text ->
            choices.stream()
                .filter(choice -> kebab(choice).equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null),
        Allowed.of(
            "one of", choices.stream().map(Section::kebab).collect(Collectors.joining(", "))),
        choices.get(0),
        Section::kebab);
  }

  String text(String name, Effect effect) {
    return source.read(key(name), effect, Function.identity(), Allowed.of("a text", ""), "");
  }

  /** A text that is not empty. */
  String name(String name, Effect effect, String what) {
    return source.read(
        key(name), effect, text -> text.isBlank() ? null : text, Allowed.of(what, ""), "");
  }

  List<Double> reals(String name, Effect effect, Range range) {
    return source.readAll(
        key(name),
        effect,
        text -> {
          double value = Double.parseDouble(text.strip());
          return range.holds(value) ? canonical(value) : null;
        },
        Allowed.listOf("numbers", range.toString()));
  }

  List<Integer> integers(String name, Effect effect, int least) {
    return source.readAll(
        key(name),
        effect,
        text -> {
          int value = Integer.parseInt(text.strip());
          return value >= least ? value : null;
        },
        Allowed.listOf("whole numbers", "at least " + least));
  }

  /** Turns -0 into 0, so that equal numbers have equal text. */
  private static double canonical(double value) {
    return value + 0.0;
  }

  /** The way a constant is written in settings, for example {@code continue-dense}. */
  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An interval of real numbers. */
  enum Range {
    POSITIVE("above 0", 1) {
      @Override
      boolean holds(double value) {
        return value > 0 && Double.isFinite(value);
      }
    },
    NOT_NEGATIVE("of at least 0", 0) {
      @Override
      boolean holds(double value) {
        return value >= 0 && Double.isFinite(value);
      }
    },
    FINITE("that is finite", 0) {
      @Override
      boolean holds(double value) {
        return Double.isFinite(value);
      }
    },
    /** [-1, 1]. */
    SIGNED_ONE("in [-1, 1]", 0) {
      @Override
      boolean holds(double value) {
        return Math.abs(value) <= 1;
      }
    },
    ONE_OR_MORE("of at least 1", 1) {
      @Override
      boolean holds(double value) {
        return value >= 1 && Double.isFinite(value);
      }
    },
    /** [0, 1). */
    BELOW_ONE("in [0, 1)", 0) {
      @Override
      boolean holds(double value) {
        return value >= 0 && value < 1;
      }
    },
    /** (0, 1). */
    INSIDE_ONE("in (0, 1)", 0.5) {
      @Override
      boolean holds(double value) {
        return value > 0 && value < 1;
      }
    },
    /** (0, 1]. */
    DENSITY("in (0, 1]", 1) {
      @Override
      boolean holds(double value) {
        return value > 0 && value <= 1;
      }
    },
    /** [0, 1]. */
    FRACTION("in [0, 1]", 0) {
      @Override
      boolean holds(double value) {
        return value >= 0 && value <= 1;
      }
    };

    private final String description;
    private final double any;

    Range(String description, double any) {
      this.description = description;
      this.any = any;
    }

    abstract boolean holds(double value);

    double any() {
      return any;
    }

    @Override
    public String toString() {
      return description;
    }
  }
}
