package dev.myelin.wire.codec;

import dev.myelin.wire.codec.Schema.EnumOf;
import dev.myelin.wire.codec.Schema.Field;
import dev.myelin.wire.codec.Schema.ListOf;
import dev.myelin.wire.codec.Schema.MapOf;
import dev.myelin.wire.codec.Schema.NullableOf;
import dev.myelin.wire.codec.Schema.OneOf;
import dev.myelin.wire.codec.Schema.OptionalOf;
import dev.myelin.wire.codec.Schema.SameAs;
import dev.myelin.wire.codec.Schema.Scalar;
import dev.myelin.wire.codec.Schema.Struct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field that the server declares and this side does not have: written as empty, 0 or null, and
/// passed over when read, without creating anything.
final class SkippedPart extends Part {

  private static final int EMPTY = 1;

  private final Schema schema;
  private final Definitions definitions;

  SkippedPart(Schema schema, Definitions definitions) {
    this.schema = schema;
    this.definitions = definitions;
  }

  @Override
  void write(@Nullable Object value, Output output) {
    switch (definitions.resolve(schema)) {
      case ListOf _, MapOf _, OptionalOf _ -> output.writeByte(EMPTY);
      case Scalar(var kind) -> writeZero(kind, output);
      case NullableOf _, EnumOf _, Struct _, OneOf _, SameAs _ -> output.writeByte(0);
    }
  }

  @Override
  @Nullable Object read(Input input) {
    skip(schema, input);
    return null;
  }

  private void skip(Schema part, Input input) {
    switch (definitions.resolve(part)) {
      case Scalar(var kind) -> skip(kind, input);
      case NullableOf(Scalar(var kind)) -> {
        if (input.readBoolean()) {
          skip(kind, input);
        }
      }
      case EnumOf(_, var constants) -> index(constants, input);
      case Struct(_, var fields) -> {
        if (input.readBoolean()) {
          skipFields(fields, input);
        }
      }
      case OneOf(_, var alternatives) -> skipOneOf(alternatives, input);
      case ListOf(var element) -> skipAll(input, element);
      case MapOf(var key, var value) -> skipAll(input, key, value);
      case OptionalOf(var value) -> {
        int state = input.readByte();
        if (state < 0 || state > OptionalPart.PRESENT) {
          throw input.malformed("an optional begins with 0, 1 or 2");
        }
        if (state == OptionalPart.PRESENT) {
          skip(value, input);
        }
      }
      case SameAs _ -> throw new IllegalStateException("A definition is no reference");
    }
  }

  private void skipFields(List<Field> fields, Input input) {
    input.enter();
    for (var field : fields) {
      skip(field.schema(), input);
    }
    input.leave();
  }

  private void skipOneOf(List<Field> alternatives, Input input) {
    int index = index(alternatives, input);
    if (index < 0) {
      return;
    }
    var alternative = definitions.resolve(alternatives.get(index).schema());
    if (alternative instanceof Struct(_, var fields)) {
      skipFields(fields, input);
    } else {
      input.enter();
      skip(alternative, input);
      input.leave();
    }
  }

  private void skipAll(Input input, Schema... parts) {
    int count = input.readCount(1);
    input.enter();
    for (int i = 0; i < count; i++) {
      for (var part : parts) {
        skip(part, input);
      }
    }
    input.leave();
  }

  /// Scalars whose text names something that this side may not know are not looked up.
  private static void skip(ScalarKind kind, Input input) {
    if (kind == ScalarKind.THROWABLE) {
      ThrowableCodec.skipField(input);
    } else if (kind.text() || kind == ScalarKind.BYTES) {
      input.skip(Math.max(0, input.readCount(1)));
    } else if (!kind.presenceByte()) {
      Scalars.of(kind).read(input);
    } else if (input.readBoolean()) {
      skipPresent(kind, input);
    }
  }

  private static void skipPresent(ScalarKind kind, Input input) {
    if (kind == ScalarKind.ZONED_DATE_TIME) {
      Scalars.of(ScalarKind.LOCAL_DATE_TIME).read(input);
      Scalars.of(ScalarKind.ZONE_OFFSET).read(input);
      skip(ScalarKind.STRING, input);
    } else {
      Scalars.of(kind).read(input);
    }
  }

  private static void writeZero(ScalarKind kind, Output output) {
    switch (kind) {
      case NOTHING -> {}
      case FLOAT -> output.writeFloat(0);
      case DOUBLE -> output.writeDouble(0);
      default -> output.writeByte(0);
    }
  }

  private static int index(List<?> choices, Input input) {
    int written = input.readUnsignedInt();
    if (written < 0 || written > choices.size()) {
      throw input.malformed(
          "%d choices but number %d is meant"
              .formatted(choices.size(), (written & 0xffff_ffffL) - 1));
    }
    return written - 1;
  }
}
