package dev.myelin.wire.codec;

import java.util.HashSet;
import java.util.List;

/// What values look like on the wire, independent of any class.
///
/// A server sends the schemas of its operations when a connection opens; payloads then carry bare
/// values. The format of the values and of the schemas themselves is in `docs/wire.md`.
///
/// Immutable. Two schemas with the same hash write the same bytes.
public sealed interface Schema {

  /// Deepest nesting of one schema in others.
  int MAX_DEPTH = 200;

  /// Most parts of one schema.
  int MAX_PARTS = 50_000;

  /// First eight bytes of the SHA-256 of what [#encode] writes, the first byte being the highest.
  default long hash() {
    return SchemaFormat.hash(this);
  }

  /// Writes this schema.
  ///
  /// @param output where to
  default void encode(Output output) {
    SchemaFormat.encode(this, output);
  }

  /// Reads a schema.
  ///
  /// @param input where from
  /// @throws MalformedPayloadException if it is none, or exceeds [#MAX_DEPTH] or [#MAX_PARTS]
  static Schema decode(Input input) {
    return new SchemaFormat(input).decode();
  }

  /// A value without parts.
  ///
  /// @param kind which
  record Scalar(ScalarKind kind) implements Schema {

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  /// A primitive or null.
  ///
  /// @param scalar what it is if it is not null
  record NullableOf(Scalar scalar) implements Schema {

    /// Refuses what can be null by itself.
    public NullableOf {
      if (!scalar.kind().primitive()) {
        throw new IllegalArgumentException("%s can be null by itself".formatted(scalar));
      }
    }

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  /// One of a closed set of names, or null.
  ///
  /// @param type simple name of the enum, for messages
  /// @param constants names in order of their declaration
  record EnumOf(String type, List<String> constants) implements Schema {

    /// Copies the names and refuses one that occurs twice.
    public EnumOf {
      constants = List.copyOf(constants);
      requireDistinct(type, constants);
    }

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  /// Named fields in order, or null.
  ///
  /// @param type simple name of the type, for messages
  /// @param fields the fields
  record Struct(String type, List<Field> fields) implements Schema {

    /// Copies the fields and refuses a name that occurs twice.
    public Struct {
      fields = List.copyOf(fields);
      requireDistinct(type, fields.stream().map(Field::name).toList());
    }

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  /// A field of a struct.
  ///
  /// @param name its name
  /// @param schema its values
  record Field(String name, Schema schema) {}

  /// A value of one of several types, or null: a sealed hierarchy.
  ///
  /// @param type simple name of the common type, for messages
  /// @param alternatives the permitted types, each under its simple name, in order
  record OneOf(String type, List<Field> alternatives) implements Schema {

    /// Copies the alternatives and refuses a name that occurs twice.
    public OneOf {
      alternatives = List.copyOf(alternatives);
      requireDistinct(type, alternatives.stream().map(Field::name).toList());
    }

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  /// Any number of elements, or null: lists, sets, arrays.
  ///
  /// @param element the elements; each takes at least one byte
  record ListOf(Schema element) implements Schema {

    /// Refuses elements that take no byte.
    public ListOf {
      requireBytes(element);
    }

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  /// Any number of entries, or null.
  ///
  /// @param key the keys; each takes at least one byte
  /// @param value the values
  record MapOf(Schema key, Schema value) implements Schema {

    /// Refuses keys that take no byte.
    public MapOf {
      requireBytes(key);
    }

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  /// A value or none, or null.
  ///
  /// @param value what it is if there is one
  record OptionalOf(Schema value) implements Schema {

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  /// The same schema as an [EnumOf], [Struct] or [OneOf] that was met before: recursive types, and
  /// types used in several places, which are described once.
  ///
  /// @param index place of the other among those of the whole schema, in the order in which they
  ///   begin, from 0
  record SameAs(int index) implements Schema {

    @Override
    public String toString() {
      return SchemaText.of(this);
    }
  }

  private static void requireDistinct(String type, List<String> names) {
    var seen = new HashSet<String>();
    for (var name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("'%s' occurs twice in '%s'".formatted(name, type));
      }
    }
  }

  private static void requireBytes(Schema schema) {
    if (schema instanceof Scalar(var kind) && kind == ScalarKind.NOTHING) {
      throw new IllegalArgumentException("Elements and keys must take at least one byte");
    }
  }
}
