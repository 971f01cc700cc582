package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever the bytes say, objects of the declared types come out, and of no other; and the codec
/// keeps no class alive once it is gone.
class DeclaredTypesTests {

  sealed interface Item {
    record Word(@Nullable String text) implements Item {}

    record Bag(@Nullable List<Item> items, @Nullable Map<String, Item> named) implements Item {}
  }

  @SuppressWarnings("ArrayRecordComponent") // arrays are fields, too
  record Root(
      @Nullable Item item,
      @Nullable Set<Integer> numbers,
      Optional<DayOfWeek> day,
      long @Nullable [] longs,
      @Nullable Instant at) {}

  /// Has all that a gadget needs, and is declared nowhere.
  record Undeclared(@Nullable String text) {}

  private static final Set<Class<?>> DECLARED =
      Set.of(
          Root.class,
          Item.Word.class,
          Item.Bag.class,
          String.class,
          ArrayList.class,
          LinkedHashMap.class,
          LinkedHashSet.class,
          Integer.class,
          Optional.class,
          DayOfWeek.class,
          long[].class,
          Long.class,
          Instant.class);

  @Test
  void onlyDeclaredTypesAreCreated() throws Exception {
    var codec = Bytes.codec(Root.class);
    var word = new Item.Word(Undeclared.class.getName());
    var bag = new Item.Bag(List.of(word, word), Map.of("a", word));
    var good =
        Bytes.write(
            codec,
            new Root(bag, Set.of(1), Optional.of(DayOfWeek.MONDAY), new long[] {1}, Instant.EPOCH));
    var random = new Random(3);
    var created = new HashSet<Class<?>>();
    for (int i = 0; i < 20_000; i++) {
      var bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      collect(readOrNull(codec, bytes), created);
    }

    assertThat(created).isEqualTo(DECLARED);
  }

  private static @Nullable Object readOrNull(ValueCodec codec, byte[] bytes) {
    try {
      return codec.read(new Input(bytes));
    } catch (MalformedPayloadException _) {
      return null;
    }
  }

  private static void collect(@Nullable Object value, Set<Class<?>> classes) throws Exception {
    if (value == null) {
      return;
    }
    classes.add(value.getClass());
    switch (value) {
      case Collection<?> elements -> collectAll(elements, classes);
      case Map<?, ?> map -> {
        collectAll(map.keySet(), classes);
        collectAll(map.values(), classes);
      }
      case Optional<?> optional -> collect(optional.orElse(null), classes);
      case Record object -> {
        for (var component : object.getClass().getRecordComponents()) {
          collect(component.getAccessor().invoke(object), classes);
        }
      }
      default -> {
        if (value.getClass().isArray() && Array.getLength(value) > 0) {
          collect(Array.get(value, 0), classes);
        }
      }
    }
  }

  private static void collectAll(Collection<?> values, Set<Class<?>> classes) throws Exception {
    for (var value : values) {
      collect(value, classes);
    }
  }

  @Test
  void classesCanBeUnloadedOnceTheCodecIsGone() throws Exception {
    var loader = useClassOfALoaderOfItsOwn();
    for (int i = 0; i < 50 && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }

    assertThat(loader.get()).isNull();
  }

  private static WeakReference<ClassLoader> useClassOfALoaderOfItsOwn() throws Exception {
    var loader = new OwnLoader();
    var type = loader.loadClass(Undeclared.class.getName());
    assertThat(type.equals(Undeclared.class)).isFalse();
    var constructor = type.getDeclaredConstructor(String.class);
    constructor.setAccessible(true);
    var value = constructor.newInstance("x");

    var codec = Bytes.codec(type);

    var back = Bytes.read(codec, Bytes.write(codec, value));
    // not by equals: the JDK's own implementation of it keeps a record's class alive
    var accessor = type.getRecordComponents()[0].getAccessor();
    accessor.setAccessible(true);
    assertThat(accessor.invoke(back)).isEqualTo("x");
    return new WeakReference<>(loader);
  }

  /// Defines the classes of this test itself.
  private static final class OwnLoader extends ClassLoader {

    OwnLoader() {
      super(DeclaredTypesTests.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(DeclaredTypesTests.class.getName())) {
        return super.loadClass(name, resolve);
      }
      try (var file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        var bytes = Objects.requireNonNull(file).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  record Loud(int number, List<String> words) {
    @Override
    public int number() {
      throw new IllegalStateException("called");
    }

    @Override
    public List<String> words() {
      throw new IllegalStateException("called");
    }
  }

  @Test
  void fieldsAreReadAndNoMethodOfTheUserIsCalledToWriteThem() {
    var bytes = Bytes.write(Bytes.codec(Loud.class), new Loud(1, Arrays.asList("a", null)));

    assertThat(Bytes.hex(bytes)).isEqualTo("01" + "02" + "03" + "0261" + "00");
  }
}
