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
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// Schemas for people: `Basket{id: string, lines: list of Line{sku: string, count: int}}`.
///
/// `?` marks a primitive that may be null, `#n` a type that was met before, and `…` what was left
/// out so that a message stays readable.
final class SchemaText {

  private static final int MAX_LENGTH = 300;

  private final StringBuilder text = new StringBuilder();

  private SchemaText() {}

  static String of(Schema schema) {
    var writer = new SchemaText();
    writer.append(schema);
    return writer.text.toString();
  }

  private void append(Schema schema) {
    switch (schema) {
      case Scalar(var kind) -> text.append(name(kind));
      case NullableOf(var scalar) -> text.append(name(scalar.kind())).append('?');
      case SameAs(var index) -> text.append('#').append(index);
      case EnumOf(var type, var constants) -> append(type, '(', constants, ')');
      case Struct(var type, var fields) -> append(type, '{', fields, '}');
      case OneOf(var type, var alternatives) -> append(type, '<', alternatives, '>');
      case ListOf(var element) -> append("list of ", element);
      case OptionalOf(var value) -> append("optional ", value);
      case MapOf(var key, var value) -> {
        append("map of ", key);
        append(" to ", value);
      }
    }
  }

  private void append(String words, Schema schema) {
    text.append(words);
    append(schema);
  }

  private void append(String type, char open, List<?> members, char close) {
    text.append(type).append(open);
    for (Iterator<?> each = members.iterator(); each.hasNext(); ) {
      if (text.length() > MAX_LENGTH) {
        text.append('…');
        break;
      }
      var member = each.next();
      if (member instanceof Field(var name, var schema)) {
        append(name + ": ", schema);
      } else {
        text.append(member);
      }
      text.append(each.hasNext() ? ", " : "");
    }
    text.append(close);
  }

  private static String name(ScalarKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
