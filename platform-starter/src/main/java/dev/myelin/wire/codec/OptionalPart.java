package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// An optional: 0 for null, 1 for none, 2 and the value.
final class OptionalPart extends Part {

  static final int EMPTY = 1;
  static final int PRESENT = 2;

  private final OptionalContainer container;
  private final Part value;

  OptionalPart(OptionalContainer container, Part value) {
    this.container = container;
    this.value = value;
  }

  @Override
  void write(@Nullable Object optional, Output output) {
    var held = optional == null ? null : container.get(optional);
    output.writeByte(optional == null ? 0 : held == null ? EMPTY : PRESENT);
    if (held != null) {
      value.write(held, output);
    }
  }

  @Override
  @Nullable Object read(Input input) {
    return switch (input.readByte()) {
      case 0 -> null;
      case EMPTY -> container.empty();
      case PRESENT -> {
        var held = value.read(input);
        if (held == null) {
          throw input.malformed("an optional holds null");
        }
        yield container.with(held);
      }
      default -> throw input.malformed("an optional begins with 0, 1 or 2");
    };
  }
}
