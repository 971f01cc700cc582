package dev.myelin.wire.codec;

import dev.myelin.wire.codec.Shape.Struct.Member;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds how a class is instantiated: a record by its canonical constructor, any other class by a
/// constructor without parameters or one whose parameters are its fields.
final class ConstructionFinder {

  /// Most stack slots of arguments that a method handle can pass, with some left for itself.
  private static final int MAX_SLOTS = 250;

  private ConstructionFinder() {}

  static Construction find(Class<?> type, List<Member> members, String path) {
    var construction = type.isRecord() ? canonical(type, members) : ofClass(type, members);
    if (construction == null) {
      throw Uncarriable.noConstructor(path, type, members.stream().map(Member::name).toList());
    }
    if (slots(construction.constructor()) > MAX_SLOTS) {
      throw Uncarriable.tooManyFields(path, type);
    }
    return construction;
  }

  private static Construction canonical(Class<?> type, List<Member> members) {
    var parameters =
        members.stream().map(member -> member.field().getType()).toArray(Class<?>[]::new);
    try {
      return new Construction.WithArguments(
          type.getDeclaredConstructor(parameters),
          IntStream.range(0, members.size()).boxed().toList());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every record has its canonical constructor", e);
    }
  }

  private static @Nullable Construction ofClass(Class<?> type, List<Member> members) {
    Construction matching = null;
    for (var constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 0) {
        return new Construction.ThenSet(constructor);
      }
      var order = order(constructor, members);
      if (order != null) {
        matching = new Construction.WithArguments(constructor, order);
      }
    }
    return matching;
  }

  private static @Nullable List<Integer> order(Constructor<?> constructor, List<Member> members) {
    if (constructor.getParameterCount() != members.size()) {
      return null;
    }
    var order = new ArrayList<Integer>();
    for (var parameter : constructor.getParameters()) {
      int member =
          IntStream.range(0, members.size())
              .filter(i ->
                  members.get(i).name().equals(parameter.getName())
                      && members.get(i).field().getType() == parameter.getType())
              .findFirst()
              .orElse(-1);
      if (member < 0 || !parameter.isNamePresent()) {
        return null;
      }
      order.add(member);
    }
    return order;
  }

  private static int slots(Constructor<?> constructor) {
    return Arrays.stream(constructor.getParameterTypes())
        .mapToInt(type -> type == long.class || type == double.class ? 2 : 1)
        .sum();
  }
}
