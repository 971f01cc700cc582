package dev.myelin.wire.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A value of one of several classes: the index of the alternative plus one, then the value; 0 for
/// null. A struct comes without its own presence byte, since it is present.
final class ChoicePart extends Part {

  private final String type;
  private List<Option> options = List.of();
  private Map<Class<?>, Integer> indexes = Map.of();

  ChoicePart(String type) {
    this.type = type;
  }

  /// Completes it; a recursive type needs the object before its alternatives are compiled.
  ///
  /// @param options the server's alternatives in order
  void complete(List<Option> options) {
    this.options = List.copyOf(options);
    this.indexes = new HashMap<>();
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).type() != null) {
        indexes.put(options.get(i).type(), i);
      }
    }
  }

  @Override
  void write(@Nullable Object value, Output output) {
    if (value == null) {
      output.writeByte(0);
      return;
    }
    var index = indexes.get(value instanceof Enum<?> e ? e.getDeclaringClass() : value.getClass());
    if (index == null) {
      throw new MisfitException(
          "is a %s, but the server knows of %s only %s"
              .formatted(
                  value.getClass().getName(),
                  type,
                  options.stream().map(Option::name).collect(Collectors.joining(", "))));
    }
    output.writeUnsignedInt(index + 1);
    var part = options.get(index).part();
    if (part instanceof StructPart struct) {
      struct.writeFields(value, output);
    } else {
      part.write(value, output);
    }
  }

  @Override
  @Nullable Object read(Input input) {
    int index = input.readUnsignedInt();
    if (index == 0) {
      return null;
    }
    if (index < 0 || index > options.size()) {
      throw input.malformed(
          "%s has %d alternatives but number %d is meant"
              .formatted(type, options.size(), (index & 0xffff_ffffL) - 1));
    }
    var option = options.get(index - 1);
    if (option.type() == null) {
      throw new IncompatibleSchemaException(
          "The server sent a '%s' for '%s', which lacks that subtype on this side: add it"
              .formatted(option.name(), type));
    }
    return option.part() instanceof StructPart struct
        ? struct.readFields(input)
        : option.part().read(input);
  }

  /// One of the server's alternatives.
  ///
  /// @param name its name
  /// @param type its class on this side; null if there is none
  /// @param part writes and reads it
  record Option(String name, @Nullable Class<?> type, Part part) {}
}
