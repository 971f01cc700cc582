package dev.myelin.contract;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashSet;
import java.util.Set;
import org.springframework.core.ResolvableType;

/// Replaces the type variables and wildcards in a generic type.
///
/// A variable becomes what it stands for in the owner, one that stands for nothing its bound, a
/// wildcard its bound, so that what is left are classes, parameterized types and arrays of those.
final class ResolvedType {

  private ResolvedType() {}

  /// Resolves a type.
  ///
  /// @param type type whose variables its resolver knows
  static Type of(ResolvableType type) {
    return of(type, new HashSet<>());
  }

  // bounds may refer to their own variable (T extends Comparable<T>): the second time round it is
  // replaced by its erasure
  private static Type of(ResolvableType type, Set<Type> open) {
    if (type.getType() instanceof Class<?> plain) {
      return plain;
    }
    if (type.isArray()) {
      var component = of(type.getComponentType(), open);
      return component instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(component);
    }
    var raw = type.resolve(Object.class);
    if (type.getType() instanceof TypeVariable<?> && !open.add(type.getType())) {
      return raw;
    }
    var generics = type.getGenerics();
    var resolved = new ResolvableType[generics.length];
    for (int i = 0; i < generics.length; i++) {
      resolved[i] = ResolvableType.forType(of(generics[i], open));
    }
    open.remove(type.getType());
    return resolved.length == 0 || resolved.length != raw.getTypeParameters().length
        ? raw
        : ResolvableType.forClassWithGenerics(raw, resolved).getType();
  }

  /// An array whose components are generic.
  ///
  /// @param component type of the components
  private record ArrayOf(Type component) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public String getTypeName() {
      return component.getTypeName() + "[]";
    }

    @Override
    public String toString() {
      return getTypeName();
    }
  }
}
