package dev.myelin.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The options of a command line, as `--name=value`, `--name value`, or `--name` alone.
final class Options {
  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  /// Reads options, of which only some names are known.
  ///
  /// @throws IllegalArgumentException if another is given, naming those known
  static Options parse(List<String> arguments, Set<String> known) {
    var values = new LinkedHashMap<String, String>();
    String open = null;
    for (var argument : arguments) {
      if (argument.startsWith("--")) {
        var parts = argument.substring(2).split("=", 2);
        requireKnown(argument, parts[0], known);
        values.put(parts[0], parts.length == 2 ? parts[1] : "");
        open = parts.length == 2 ? null : parts[0];
      } else if (open != null) {
        values.put(open, argument);
        open = null;
      } else {
        requireKnown(argument, "", known);
      }
    }
    return new Options(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name, String absent) {
    return values.getOrDefault(name, absent);
  }

  /// Returns the texts between the commas of a value.
  List<String> texts(String name, String absent) {
    return Stream.of(text(name, absent).split(",")).map(String::strip).toList();
  }

  int number(String name, int absent) {
    return parsed(name, values.get(name), absent, Integer::valueOf, "a whole number");
  }

  /// Returns a whole number that has a lower limit.
  ///
  /// @throws IllegalArgumentException if it is less
  int atLeast(int least, String name, int absent) {
    int found = number(name, absent);
    if (found < least) {
      throw new IllegalArgumentException(
          "The option '--%s' is %d, expected at least %d.".formatted(name, found, least));
    }
    return found;
  }

  long seed(String name, long absent) {
    return parsed(name, values.get(name), absent, Long::valueOf, "a whole number");
  }

  List<Integer> numbers(String name, String absent) {
    return parsed(
        name,
        text(name, absent),
        List.of(),
        value -> Arrays.stream(value.split(",")).map(String::strip).map(Integer::valueOf).toList(),
        "whole numbers with commas between");
  }

  Duration seconds(String name, Duration absent) {
    return parsed(
        name,
        values.get(name),
        absent,
        value -> Duration.ofMillis(Math.round(Double.parseDouble(value) * 1_000)),
        "a number of seconds");
  }

  private interface Parser<T> {
    T parse(String text);
  }

  private static <T> T parsed(
      String name, @Nullable String value, T absent, Parser<T> parser, String expected) {
    if (value == null) {
      return absent;
    }
    try {
      return parser.parse(value);
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException(
          "The option '--%s' is '%s', expected %s.".formatted(name, value, expected), wrong);
    }
  }

  private static void requireKnown(String argument, String name, Set<String> known) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' is not an option. There are: %s."
              .formatted(argument, known.stream().sorted().map(one -> "--" + one).toList()));
    }
  }
}
