package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// A value that is carried as a record: the record's bytes.
final class SurrogatePart extends Part {

  private final Surrogate<?, ?> surrogate;
  private final Part carried;

  SurrogatePart(Surrogate<?, ?> surrogate, Part carried) {
    this.surrogate = surrogate;
    this.carried = carried;
  }

  @Override
  void write(@Nullable Object value, Output output) {
    carried.write(value == null ? null : surrogate.toRecord(value), output);
  }

  @Override
  @Nullable Object read(Input input) {
    var sent = carried.read(input);
    if (sent == null) {
      return null;
    }
    try {
      return surrogate.fromRecord(sent);
    } catch (RuntimeException e) {
      throw input.malformed(
          "%s refuses what was sent: %s".formatted(surrogate.type().getSimpleName(), e), e);
    }
  }
}
