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
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// Schemas as bytes: one tag a part, then what the part has. A scalar's tag is 16 + its code.
final class SchemaFormat {

  private static final int SAME_AS = 0;
  private static final int ENUM_OF = 1;
  private static final int STRUCT = 2;
  private static final int ONE_OF = 3;
  private static final int LIST_OF = 4;
  private static final int MAP_OF = 5;
  private static final int OPTIONAL_OF = 6;
  private static final int NULLABLE_OF = 7;
  private static final int SCALAR = 16;

  private final Input input;
  private int parts;
  private int named;

  SchemaFormat(Input input) {
    this.input = input;
  }

  static long hash(Schema schema) {
    var output = new Output(Integer.MAX_VALUE);
    encode(schema, output);
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(output.array(), 0, output.size());
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static void encode(Schema schema, Output output) {
    switch (schema) {
      case Scalar(var kind) -> output.writeByte(SCALAR + kind.code());
      case SameAs(var index) -> {
        output.writeByte(SAME_AS);
        output.writeUnsignedInt(index);
      }
      case EnumOf(var type, var constants) -> {
        output.writeByte(ENUM_OF);
        output.writeString(type);
        output.writeUnsignedInt(constants.size());
        constants.forEach(output::writeString);
      }
      case Struct(var type, var fields) -> encode(STRUCT, type, fields, output);
      case OneOf(var type, var alternatives) -> encode(ONE_OF, type, alternatives, output);
      case ListOf(var element) -> encode(LIST_OF, element, output);
      case OptionalOf(var value) -> encode(OPTIONAL_OF, value, output);
      case NullableOf(var scalar) -> encode(NULLABLE_OF, scalar, output);
      case MapOf(var key, var value) -> {
        encode(MAP_OF, key, output);
        encode(value, output);
      }
    }
  }

  private static void encode(int tag, Schema part, Output output) {
    output.writeByte(tag);
    encode(part, output);
  }

  private static void encode(int tag, String type, List<Field> fields, Output output) {
    output.writeByte(tag);
    output.writeString(type);
    output.writeUnsignedInt(fields.size());
    for (var field : fields) {
      output.writeString(field.name());
      encode(field.schema(), output);
    }
  }

  Schema decode() {
    try {
      return decode(0);
    } catch (IllegalArgumentException e) {
      throw new MalformedPayloadException(
          "At byte %d: not a schema: %s".formatted(input.position(), e.getMessage()), e);
    }
  }

  private Schema decode(int depth) {
    if (depth > Schema.MAX_DEPTH || ++parts > Schema.MAX_PARTS) {
      throw input.malformed(
          "a schema has more than %d levels or %d parts"
              .formatted(Schema.MAX_DEPTH, Schema.MAX_PARTS));
    }
    int tag = input.readByte();
    return switch (tag) {
      case SAME_AS -> sameAs();
      case ENUM_OF -> enumOf();
      case STRUCT -> {
        named++;
        yield new Struct(name(), fields(depth));
      }
      case ONE_OF -> {
        named++;
        yield new OneOf(name(), fields(depth));
      }
      case LIST_OF -> new ListOf(decode(depth + 1));
      case MAP_OF -> new MapOf(decode(depth + 1), decode(depth + 1));
      case OPTIONAL_OF -> new OptionalOf(decode(depth + 1));
      case NULLABLE_OF -> {
        if (!(decode(depth + 1) instanceof Scalar scalar)) {
          throw input.malformed("only a scalar can be made nullable");
        }
        yield new NullableOf(scalar);
      }
      default -> scalar(tag);
    };
  }

  private Schema scalar(int tag) {
    var kind = ScalarKind.of(tag - SCALAR);
    if (kind == null) {
      throw input.malformed("no schema has the tag %d".formatted(tag & 0xff));
    }
    return new Scalar(kind);
  }

  private Schema sameAs() {
    int index = input.readUnsignedInt();
    if (index < 0 || index >= named) {
      throw input.malformed(
          "a schema refers to its named part %d but has %d so far".formatted(index, named));
    }
    return new SameAs(index);
  }

  private Schema enumOf() {
    named++;
    var type = name();
    int count = count();
    var constants = new ArrayList<String>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      constants.add(name());
    }
    return new EnumOf(type, constants);
  }

  private List<Field> fields(int depth) {
    int count = count();
    var fields = new ArrayList<Field>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      fields.add(new Field(name(), decode(depth + 1)));
    }
    return fields;
  }

  private int count() {
    int count = input.readUnsignedInt();
    if (count < 0 || count > Math.min(Schema.MAX_PARTS, input.remaining())) {
      throw input.malformed("a schema declares %d parts".formatted(count & 0xffff_ffffL));
    }
    return count;
  }

  private String name() {
    var name = input.readString();
    if (name == null) {
      throw input.malformed("a name in a schema is null");
    }
    return name;
  }
}
