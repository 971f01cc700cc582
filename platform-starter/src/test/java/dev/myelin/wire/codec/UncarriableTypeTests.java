package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Types that cannot be carried: the message has the path, the reason and the remedy.
class UncarriableTypeTests {

  record Line(String sku, Object owner) {}

  record Basket(String id, List<Line> lines) {}

  record Index(Map<String, Set<Thread>> threads) {}

  record Lazy(Supplier<String> name) {}

  record Inheriting(Names names) {}

  static final class Names extends ArrayList<String> {}

  interface Pluggable {}

  record Plugin(Pluggable plugged) {}

  abstract static class Template {}

  @SuppressWarnings("ClassCanBeStatic") // being inner is what is tested
  final class Inner {
    int value;
  }

  static final class NoConstructor {
    final int value;

    NoConstructor(String other) {
      this.value = other.length();
    }
  }

  record Polymorphic<T>(@Nullable Polymorphic<List<T>> next) {}

  record Raw(@SuppressWarnings("rawtypes") List list) {}

  record Unordered(int a) {}

  static Stream<Arguments> types() {
    return Stream.of(
        arguments(Basket.class, "'Basket.lines[].owner'", "java.lang.Object", "declare the type"),
        arguments(Index.class, "'Index.threads{value}[]'", "java.lang.Thread", "send a record"),
        arguments(Lazy.class, "'Lazy.name'", "java.util.function.Supplier", "sealed interface"),
        arguments(Inheriting.class, "'Inheriting.names'", "java.util.ArrayList", "as a field"),
        arguments(Plugin.class, "'Plugin.plugged'", "an interface", "make it sealed"),
        arguments(Template.class, "'Template'", "an abstract class", "make it sealed"),
        arguments(Inner.class, "'Inner'", "inner or local", "static nested class or a record"),
        arguments(NoConstructor.class, "'NoConstructor'", "neither a constructor", "add one"),
        arguments(Polymorphic.class, "'Polymorphic.next", "without end", "same type arguments"),
        arguments(Raw.class, "'Raw.list[]'", "java.lang.Object", "declare the type"),
        arguments(InputStream.class, "'InputStream'", "JDK", "byte[]"),
        arguments(Class.class, "'Class'", "java.lang.Class", "send its name"),
        arguments(Number.class, "'Number'", "java.lang.Number", "class of the number"),
        arguments(
            new TypeReference<Set<URL>>() {}.type(), "'Set<URL>[]'", "network", "declare a URI"),
        arguments(
            new TypeReference<Map<URL, String>>() {}.type(), "{key}", "network", "declare a URI"),
        arguments(
            new TypeReference<SortedSet<Unordered>>() {}.type(),
            "'SortedSet<Unordered>[]'",
            "not Comparable",
            "implement Comparable"),
        arguments(new TypeReference<List<Void>>() {}.type(), "'List<Void>[]'", "Void", "declare"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void typeIsRefusedWithPathReasonAndRemedy(Type type, String path, String reason, String remedy) {
    assertThatExceptionOfType(UncarriableTypeException.class)
        .isThrownBy(() -> new BinaryCodec().schema(type))
        .withMessageContaining(path)
        .withMessageContaining(reason)
        .withMessageContaining(remedy)
        .withMessageContaining("cannot be carried");
  }

  @Test
  void pathStartsWithTheParameter() {
    var parameters = List.of(new Codec.Field("basket", Basket.class));

    assertThatExceptionOfType(UncarriableTypeException.class)
        .isThrownBy(() -> new BinaryCodec().schema(parameters))
        .withMessageContaining("'basket.lines[].owner'");
  }

  @Test
  void refusalLeavesNothingBehind() {
    var codec = new BinaryCodec();
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(UncarriableTypeException.class)
          .isThrownBy(() -> codec.schema(Basket.class))
          .withMessageContaining("'Basket.lines[].owner'");
    }
    assertThatExceptionOfType(UncarriableTypeException.class)
        .isThrownBy(() -> codec.schema(new TypeReference<List<Line>>() {}.type()))
        .withMessageContaining("'List<Line>[].owner'");
  }

  @Test
  void constructorWithTooManyParametersIsRefused() {
    assertThatExceptionOfType(UncarriableTypeException.class)
        .isThrownBy(() -> new BinaryCodec().schema(Wide.class))
        .withMessageContaining("too many parameters")
        .withMessageContaining("group its fields");
  }

  private record Wide(
      long f0,
      long f1,
      long f2,
      long f3,
      long f4,
      long f5,
      long f6,
      long f7,
      long f8,
      long f9,
      long f10,
      long f11,
      long f12,
      long f13,
      long f14,
      long f15,
      long f16,
      long f17,
      long f18,
      long f19,
      long f20,
      long f21,
      long f22,
      long f23,
      long f24,
      long f25,
      long f26,
      long f27,
      long f28,
      long f29,
      long f30,
      long f31,
      long f32,
      long f33,
      long f34,
      long f35,
      long f36,
      long f37,
      long f38,
      long f39,
      long f40,
      long f41,
      long f42,
      long f43,
      long f44,
      long f45,
      long f46,
      long f47,
      long f48,
      long f49,
      long f50,
      long f51,
      long f52,
      long f53,
      long f54,
      long f55,
      long f56,
      long f57,
      long f58,
      long f59,
      long f60,
      long f61,
      long f62,
      long f63,
      long f64,
      long f65,
      long f66,
      long f67,
      long f68,
      long f69,
      long f70,
      long f71,
      long f72,
      long f73,
      long f74,
      long f75,
      long f76,
      long f77,
      long f78,
      long f79,
      long f80,
      long f81,
      long f82,
      long f83,
      long f84,
      long f85,
      long f86,
      long f87,
      long f88,
      long f89,
      long f90,
      long f91,
      long f92,
      long f93,
      long f94,
      long f95,
      long f96,
      long f97,
      long f98,
      long f99,
      long f100,
      long f101,
      long f102,
      long f103,
      long f104,
      long f105,
      long f106,
      long f107,
      long f108,
      long f109,
      long f110,
      long f111,
      long f112,
      long f113,
      long f114,
      long f115,
      long f116,
      long f117,
      long f118,
      long f119,
      long f120,
      long f121,
      long f122,
      long f123,
      long f124,
      long f125) {}
}
