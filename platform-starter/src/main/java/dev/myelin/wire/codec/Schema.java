package dev.myelin.wire.codec;

import java.util.List;

/// What values look like on the wire, independent of any class.
///
/// Immutable. Two schemas with the same hash write the same bytes.
public sealed interface Schema {

  /// A value without parts.
  ///
  /// @param kind which
  record Scalar(Kind kind) implements Schema {}

  /// One of a closed set of names.
  ///
  /// @param type simple name of the enum, for messages
  /// @param constants names in order of their declaration
  record EnumOf(String type, List<String> constants) implements Schema {

    /// Copies the names.
    public EnumOf {
      constants = List.copyOf(constants);
    }
  }

  /// Named fields in order.
  ///
  /// @param type simple name of the type, for messages
  /// @param fields the fields
  record Struct(String type, List<Field> fields) implements Schema {

    /// Copies the fields.
    public Struct {
      fields = List.copyOf(fields);
    }
  }

  /// A field of a struct.
  ///
  /// @param name its name
  /// @param schema its values
  record Field(String name, Schema schema) {}

  /// A value of one of several types: a sealed hierarchy.
  ///
  /// @param type simple name of the common type, for messages
  /// @param alternatives the permitted types, each under its simple name, in order
  record OneOf(String type, List<Field> alternatives) implements Schema {

    /// Copies the alternatives.
    public OneOf {
      alternatives = List.copyOf(alternatives);
    }
  }

  /// Any number of elements: lists, sets, arrays, optionals (none or one).
  ///
  /// @param element the elements
  record ListOf(Schema element) implements Schema {}

  /// Any number of entries.
  ///
  /// @param key the keys
  /// @param value the values
  record MapOf(Schema key, Schema value) implements Schema {}

  /// The same schema as one that encloses this place: recursive types.
  ///
  /// @param levels how many structs or alternatives up, 1 = the nearest enclosing
  record Enclosing(int levels) implements Schema {}

  /// Scalars.
  enum Kind {
    BOOLEAN,
    BYTE,
    SHORT,
    CHAR,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    BYTES
  }
}
