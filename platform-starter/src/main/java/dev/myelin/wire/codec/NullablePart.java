package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// A scalar or null: 0 for null, 1 and the scalar.
final class NullablePart extends Part {

  private final Part scalar;
  private final boolean nullFits;

  /// Creates one.
  ///
  /// @param scalar what it is if it is not null
  /// @param nullFits whether null has a place on this side
  NullablePart(Part scalar, boolean nullFits) {
    this.scalar = scalar;
    this.nullFits = nullFits;
  }

  @Override
  void write(@Nullable Object value, Output output) {
    output.writeBoolean(value != null);
    if (value != null) {
      scalar.write(value, output);
    }
  }

  @Override
  @Nullable Object read(Input input) {
    if (input.readBoolean()) {
      return scalar.read(input);
    }
    if (!nullFits) {
      throw input.malformed("null where this side declares a primitive");
    }
    return null;
  }
}
