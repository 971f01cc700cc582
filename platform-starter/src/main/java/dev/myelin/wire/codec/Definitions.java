package dev.myelin.wire.codec;

import dev.myelin.wire.codec.Schema.EnumOf;
import dev.myelin.wire.codec.Schema.ListOf;
import dev.myelin.wire.codec.Schema.MapOf;
import dev.myelin.wire.codec.Schema.NullableOf;
import dev.myelin.wire.codec.Schema.OneOf;
import dev.myelin.wire.codec.Schema.OptionalOf;
import dev.myelin.wire.codec.Schema.SameAs;
import dev.myelin.wire.codec.Schema.Scalar;
import dev.myelin.wire.codec.Schema.Struct;
import java.util.ArrayList;
import java.util.List;

/// The enums, structs and one-ofs of one schema, in the order in which they begin: what its
/// [SameAs] parts refer to.
final class Definitions {

  private final List<Schema> named = new ArrayList<>();

  Definitions(Schema root) {
    collect(root);
  }

  /// The schema itself, or the one that it refers to.
  Schema resolve(Schema schema) {
    if (!(schema instanceof SameAs(var index))) {
      return schema;
    }
    if (index < 0 || index >= named.size()) {
      throw new IncompatibleSchemaException(
          "A schema refers to its named part %d but has %d".formatted(index, named.size()));
    }
    return named.get(index);
  }

  private void collect(Schema schema) {
    switch (schema) {
      case EnumOf _ -> named.add(schema);
      case Struct(_, var fields) -> {
        named.add(schema);
        fields.forEach(field -> collect(field.schema()));
      }
      case OneOf(_, var alternatives) -> {
        named.add(schema);
        alternatives.forEach(alternative -> collect(alternative.schema()));
      }
      case ListOf(var element) -> collect(element);
      case OptionalOf(var value) -> collect(value);
      case MapOf(var key, var value) -> {
        collect(key);
        collect(value);
      }
      case Scalar _, NullableOf _, SameAs _ -> {}
    }
  }
}
