package dev.myelin.wire.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/// A generic type as a value: `new TypeReference<List<String>>() {}.type()`.
///
/// @param <T> the type
@SuppressWarnings("unused") // T is read by reflection
abstract class TypeReference<T> {

  final Type type() {
    return ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];
  }
}
