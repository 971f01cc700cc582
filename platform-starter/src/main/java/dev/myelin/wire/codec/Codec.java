package dev.myelin.wire.codec;

import java.lang.reflect.Type;
import java.util.List;

/// A format for arguments and results. Thread-safe.
public interface Codec {

  /// Number of the format in a call's header.
  int id();

  /// The schema by which this side carries a type.
  ///
  /// @param type fully resolved generic type: no type variable is left
  /// @throws UncarriableTypeException if values of the type, or of anything in it, cannot be
  ///   carried
  Schema schema(Type type);

  /// The schema of a parameter list: a struct with one field a parameter, in order.
  ///
  /// @param parameters the parameters
  /// @throws UncarriableTypeException if values of one of the types cannot be carried
  Schema schema(List<Field> parameters);

  /// Compiles a codec for one type.
  ///
  /// @param type fully resolved generic type of the values on this side
  /// @param declared what the server declared for it; equal to `schema(type)` where both sides were
  ///   built from the same source
  /// @throws IncompatibleSchemaException if values of the type cannot be adapted to the declared
  ///   schema
  ValueCodec compile(Type type, Schema declared);

  /// Compiles a codec for a parameter list; its values are `Object[]`.
  ///
  /// @param parameters the parameters on this side
  /// @param declared what the server declared
  /// @throws IncompatibleSchemaException if the parameters cannot be adapted to the declared schema
  ValueCodec compile(List<Field> parameters, Schema declared);

  /// A named, typed slot: a parameter.
  ///
  /// @param name its name in the source
  /// @param type its fully resolved generic type
  record Field(String name, Type type) {}
}
