package dev.myelin.wire.codec;

import dev.myelin.wire.codec.StructLayout.Slot;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.IntStream;

/// Handles of a class's fields and constructor, with its own classes erased to `Object`, so that
/// code that cannot name them can invoke them exactly.
final class StructHandles {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final StructLayout layout;
  private final List<Carrier> carriers;

  StructHandles(StructLayout layout) {
    this.layout = layout;
    this.carriers =
        IntStream.range(0, layout.members().size())
            .mapToObj(member ->
                layout.slots().stream()
                    .filter(slot -> slot.member() == member)
                    .findFirst()
                    .map(Slot::carrier)
                    .orElse(Carrier.OBJECT))
            .toList();
  }

  /// Makes a class's private members accessible to this package.
  ///
  /// @throws IllegalAccessException if its module does not open its package
  static MethodHandles.Lookup lookup(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, LOOKUP);
  }

  /// How a field travels.
  Carrier carrier(int member) {
    return carriers.get(member);
  }

  /// `(Object) → carrier`.
  MethodHandle getter(int member) {
    var field = layout.members().get(member).field();
    return handle(field, MethodHandles.Lookup::unreflectGetter)
        .asType(MethodType.methodType(carrier(member).type(), Object.class));
  }

  /// `(Object, carrier) → void`; sets final fields, too.
  MethodHandle setter(int member) {
    var field = layout.members().get(member).field();
    return handle(field, MethodHandles.Lookup::unreflectSetter)
        .asType(MethodType.methodType(void.class, Object.class, carrier(member).type()));
  }

  /// `(carriers of the fields that it takes) → Object`.
  MethodHandle constructor() {
    var constructor = layout.construction().constructor();
    var parameters =
        switch (layout.construction()) {
          case Construction.WithArguments(_, var members) ->
              members.stream().<Class<?>>map(member -> carrier(member).type()).toList();
          case Construction.ThenSet _ -> List.<Class<?>>of();
        };
    return handle(constructor, MethodHandles.Lookup::unreflectConstructor)
        .asType(MethodType.methodType(Object.class, parameters));
  }

  private static MethodHandle handle(Field field, Unreflection<Field> unreflection) {
    return handle(field, field.getDeclaringClass(), unreflection);
  }

  private static MethodHandle handle(
      Constructor<?> constructor, Unreflection<Constructor<?>> unreflection) {
    return handle(constructor, constructor.getDeclaringClass(), unreflection);
  }

  private static <M extends AccessibleObject> MethodHandle handle(
      M member, Class<?> owner, Unreflection<M> unreflection) {
    try {
      member.setAccessible(true);
      return unreflection.apply(lookup(owner), member);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(
          "'%s' was accessible when its type was read".formatted(member), e);
    }
  }

  /// A method of `Lookup`.
  private interface Unreflection<M> {
    MethodHandle apply(MethodHandles.Lookup lookup, M member) throws IllegalAccessException;
  }
}
