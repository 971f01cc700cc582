package dev.myelin.wire.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A Java type with every type variable and wildcard replaced: what a declaration means where it is
/// used.
///
/// Equal for equal types, however they were obtained, which `java.lang.reflect.Type` does not
/// promise.
///
/// @param raw the class; an array class for arrays
/// @param arguments its type arguments, or the component of an array; empty for a raw use
record TypeUse(Class<?> raw, List<TypeUse> arguments) {

  TypeUse {
    arguments = List.copyOf(arguments);
  }

  /// A class that needs no arguments.
  static TypeUse of(Class<?> raw) {
    return raw.isArray()
        ? new TypeUse(raw, List.of(of(raw.getComponentType())))
        : new TypeUse(raw, List.of());
  }

  /// Resolves a type.
  ///
  /// @param type what to resolve
  /// @param bindings what the type variables stand for; one not among them stands for its bound
  static TypeUse of(Type type, Map<TypeVariable<?>, TypeUse> bindings) {
    return switch (type) {
      case Class<?> raw -> of(raw);
      case ParameterizedType use -> parameterized(use, bindings);
      case GenericArrayType array -> arrayOf(of(array.getGenericComponentType(), bindings));
      case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], bindings);
      case TypeVariable<?> variable -> {
        var bound = bindings.get(variable);
        yield bound == null ? of(erasure(variable)) : bound;
      }
      default -> throw new UncarriableTypeException("'%s' is no Java type".formatted(type));
    };
  }

  /// What the type variables of the class stand for in this use.
  Map<TypeVariable<?>, TypeUse> bindings() {
    var bindings = new HashMap<TypeVariable<?>, TypeUse>();
    var variables = raw.getTypeParameters();
    for (int i = 0; i < Math.min(variables.length, arguments.size()); i++) {
      bindings.put(variables[i], arguments.get(i));
    }
    return bindings;
  }

  /// The argument at an index; in a raw use, the bound of the type variable there.
  TypeUse argument(int index) {
    return index < arguments.size()
        ? arguments.get(index)
        : of(erasure(raw.getTypeParameters()[index]));
  }

  /// Resolves a direct subtype of this type, such as a permitted one, finding its type arguments
  /// from this type's where it passes them on.
  TypeUse subtype(Class<?> subtype) {
    var bindings = new HashMap<TypeVariable<?>, TypeUse>();
    var parents = new ArrayList<Type>(List.of(subtype.getGenericInterfaces()));
    if (subtype.getGenericSuperclass() != null) {
      parents.add(subtype.getGenericSuperclass());
    }
    for (var parent : parents) {
      if (parent instanceof ParameterizedType use && use.getRawType() == raw) {
        match(use, this, bindings);
      }
    }
    var arguments = new ArrayList<TypeUse>();
    for (var variable : subtype.getTypeParameters()) {
      arguments.add(of(variable, bindings));
    }
    return new TypeUse(subtype, arguments);
  }

  /// How deep the arguments are nested.
  int depth() {
    return 1 + arguments.stream().mapToInt(TypeUse::depth).max().orElse(0);
  }

  /// As in source code, with simple names: `Map<String, List<Line>>`.
  @Override
  public String toString() {
    if (raw.isArray()) {
      return arguments.getFirst() + "[]";
    }
    return arguments.isEmpty()
        ? raw.getSimpleName()
        : arguments.stream()
            .map(TypeUse::toString)
            .collect(Collectors.joining(", ", raw.getSimpleName() + "<", ">"));
  }

  private static TypeUse parameterized(
      ParameterizedType use, Map<TypeVariable<?>, TypeUse> bindings) {
    var raw = (Class<?>) use.getRawType();
    var arguments = new ArrayList<TypeUse>();
    for (int i = 0; i < use.getActualTypeArguments().length; i++) {
      var argument = use.getActualTypeArguments()[i];
      boolean unbounded =
          argument instanceof WildcardType wildcard && wildcard.getUpperBounds()[0] == Object.class;
      arguments.add(unbounded ? of(erasure(raw.getTypeParameters()[i])) : of(argument, bindings));
    }
    return new TypeUse(raw, arguments);
  }

  private static TypeUse arrayOf(TypeUse component) {
    return new TypeUse(component.raw.arrayType(), List.of(component));
  }

  private static void match(Type pattern, TypeUse actual, Map<TypeVariable<?>, TypeUse> bindings) {
    if (pattern instanceof TypeVariable<?> variable) {
      bindings.putIfAbsent(variable, actual);
    } else if (pattern instanceof ParameterizedType use && use.getRawType() == actual.raw) {
      var patterns = use.getActualTypeArguments();
      for (int i = 0; i < Math.min(patterns.length, actual.arguments.size()); i++) {
        match(patterns[i], actual.arguments.get(i), bindings);
      }
    }
  }

  private static Class<?> erasure(Type type) {
    return switch (type) {
      case Class<?> raw -> raw;
      case ParameterizedType use -> (Class<?>) use.getRawType();
      case TypeVariable<?> variable -> erasure(variable.getBounds()[0]);
      case WildcardType wildcard -> erasure(wildcard.getUpperBounds()[0]);
      default -> Object.class;
    };
  }
}
