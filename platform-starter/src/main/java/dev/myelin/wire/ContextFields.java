package dev.myelin.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What travels with a call beside its arguments: named texts, in order. A name may occur more than
/// once. Bounded, so that neither side has to hold more than [#MAX_BYTES] of it. Immutable.
///
/// @param fields the texts
public record ContextFields(List<Field> fields) {

  /// Most fields of a call.
  public static final int MAX_FIELDS = 64;

  /// Most bytes of all names and values of a call, in UTF-8.
  public static final int MAX_BYTES = 16 * 1024;

  /// No fields; takes one byte on the wire.
  public static final ContextFields EMPTY = new ContextFields(List.of());

  /// One text and its name.
  ///
  /// @param name what it is
  /// @param value the text
  public record Field(String name, String value) {

    int bytes() {
      return name.getBytes(StandardCharsets.UTF_8).length
          + value.getBytes(StandardCharsets.UTF_8).length;
    }
  }

  /// Copies the fields.
  ///
  /// @throws IllegalArgumentException if there are more of them than a call may carry
  public ContextFields {
    fields = List.copyOf(fields);
    if (fields.size() > MAX_FIELDS) {
      throw new IllegalArgumentException(
          "%d context fields, a call carries at most %d".formatted(fields.size(), MAX_FIELDS));
    }
    int bytes = fields.stream().mapToInt(Field::bytes).sum();
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "context fields of %d bytes, a call carries at most %d".formatted(bytes, MAX_BYTES));
    }
  }

  /// One field.
  ///
  /// @param name what it is
  /// @param value the text
  public static ContextFields of(String name, String value) {
    return new ContextFields(List.of(new Field(name, value)));
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /// These fields, then others.
  ///
  /// @param others come after these
  /// @throws IllegalArgumentException if these are more than a call may carry
  public ContextFields plus(ContextFields others) {
    if (isEmpty()) {
      return others;
    }
    if (others.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(fields);
    all.addAll(others.fields);
    return new ContextFields(all);
  }

  /// The first value of a name.
  ///
  /// @param name of the field
  public Optional<String> first(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
  }

  /// All values of a name, in order.
  ///
  /// @param name of the fields
  public List<String> all(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
  }
}
