package dev.myelin.wire.codec;

import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An enum: the index among the server's constants plus one; 0 for null. Constants meet by name.
@SuppressWarnings("EnumOrdinal") // stays on this side: the wire has the index at the server
final class EnumPart extends Part {

  private final Class<?> type;
  private final List<String> names;
  private final @Nullable Enum<?>[] constants;
  private final int[] indexes;

  /// Creates one.
  ///
  /// @param type the enum on this side
  /// @param names the server's constants
  EnumPart(Class<?> type, List<String> names) {
    this.type = type;
    this.names = names;
    var local = new HashMap<String, Enum<?>>();
    for (var constant : type.getEnumConstants()) {
      local.put(((Enum<?>) constant).name(), (Enum<?>) constant);
    }
    this.indexes = new int[local.size()];
    this.constants = new @Nullable Enum<?>[names.size()];
    for (int i = 0; i < names.size(); i++) {
      var constant = local.get(names.get(i));
      constants[i] = constant;
      if (constant != null) {
        indexes[constant.ordinal()] = i + 1;
      }
    }
  }

  @Override
  void write(@Nullable Object value, Output output) {
    if (value == null) {
      output.writeByte(0);
      return;
    }
    if (!(value instanceof Enum<?> constant) || constant.getDeclaringClass() != type) {
      throw MisfitException.wrongClass(type, value);
    }
    int index = indexes[constant.ordinal()];
    if (index == 0) {
      throw new MisfitException(
          "is %s, which the server's %s does not have: it has %s"
              .formatted(constant.name(), type.getSimpleName(), names));
    }
    output.writeUnsignedInt(index);
  }

  @Override
  @Nullable Object read(Input input) {
    int index = input.readUnsignedInt();
    if (index == 0) {
      return null;
    }
    if (index < 0 || index > constants.length) {
      throw input.malformed(
          "%s has %d constants but number %d is meant"
              .formatted(type.getSimpleName(), constants.length, (index & 0xffff_ffffL) - 1));
    }
    var constant = constants[index - 1];
    if (constant == null) {
      throw new IncompatibleSchemaException(
          "The server sent the constant '%s' of '%s', which '%s' lacks on this side: add it"
              .formatted(names.get(index - 1), type.getSimpleName(), type.getName()));
    }
    return constant;
  }
}
