package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DayOfWeek;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Collections, maps, arrays and optionals, by interface and by class.
@SuppressWarnings("JdkObsolete") // users declare them
class CollectionTests {

  @Test
  void interfacesComeBackAsMutableUsualClasses() {
    var words = List.of("a", "b");

    assertThat(Bytes.roundTrip(new TypeReference<List<String>>() {}, words))
        .isEqualTo(words)
        .isExactlyInstanceOf(ArrayList.class);
    assertThat(Bytes.roundTrip(new TypeReference<Collection<String>>() {}, words))
        .isExactlyInstanceOf(ArrayList.class);
    assertThat(Bytes.roundTrip(new TypeReference<Iterable<String>>() {}, () -> words.iterator()))
        .isEqualTo(words);
    assertThat(Bytes.roundTrip(new TypeReference<SequencedCollection<String>>() {}, words))
        .isEqualTo(words);
    assertThat(Bytes.roundTrip(new TypeReference<Set<String>>() {}, Set.copyOf(words)))
        .isEqualTo(Set.copyOf(words))
        .isExactlyInstanceOf(LinkedHashSet.class);
    assertThat(Bytes.roundTrip(new TypeReference<SortedSet<String>>() {}, new TreeSet<>(words)))
        .isEqualTo(new TreeSet<>(words))
        .isExactlyInstanceOf(TreeSet.class);
    assertThat(Bytes.roundTrip(new TypeReference<Queue<String>>() {}, new LinkedList<>(words)))
        .isEqualTo(words);
    assertThat(Bytes.roundTrip(new TypeReference<Deque<String>>() {}, new ArrayDeque<>(words)))
        .isEqualTo(words)
        .isInstanceOf(Deque.class);
  }

  @Test
  void classesComeBackAsThemselves() {
    var words = List.of("b", "a");

    assertThat(Bytes.roundTrip(new TypeReference<HashSet<String>>() {}, new HashSet<>(words)))
        .isExactlyInstanceOf(HashSet.class)
        .isEqualTo(Set.of("a", "b"));
    assertThat(Bytes.roundTrip(new TypeReference<LinkedList<String>>() {}, new LinkedList<>(words)))
        .isExactlyInstanceOf(LinkedList.class)
        .isEqualTo(words);
    assertThat(
            Bytes.roundTrip(
                new TypeReference<CopyOnWriteArrayList<String>>() {},
                new CopyOnWriteArrayList<>(words)))
        .isExactlyInstanceOf(CopyOnWriteArrayList.class)
        .isEqualTo(words);
    assertThat(
            Bytes.roundTrip(
                new TypeReference<LinkedBlockingDeque<String>>() {},
                new LinkedBlockingDeque<>(words)))
        .isExactlyInstanceOf(LinkedBlockingDeque.class);
  }

  @Test
  void queuesAndEnumSetsComeBackAsThemselves() {
    var words = List.of("b", "a");

    assertThat(
            (Collection<?>)
                Bytes.roundTrip(
                    new TypeReference<ConcurrentLinkedQueue<String>>() {},
                    new ConcurrentLinkedQueue<>(words)))
        .hasToString("[b, a]");
    var queue =
        (PriorityQueue<?>)
            Bytes.roundTrip(
                new TypeReference<PriorityQueue<String>>() {}, new PriorityQueue<>(words));
    assertThat(queue).isNotNull();
    assertThat((Object) queue.peek()).isEqualTo("a");
    assertThat(
            Bytes.roundTrip(
                new TypeReference<EnumSet<DayOfWeek>>() {}, EnumSet.of(DayOfWeek.MONDAY)))
        .isInstanceOf(EnumSet.class)
        .isEqualTo(EnumSet.of(DayOfWeek.MONDAY));
    assertThat(
            Bytes.roundTrip(
                new TypeReference<EnumSet<DayOfWeek>>() {}, EnumSet.noneOf(DayOfWeek.class)))
        .isEqualTo(EnumSet.noneOf(DayOfWeek.class));
  }

  @Test
  void mapsComeBack() {
    var map = new LinkedHashMap<String, Integer>();
    map.put("b", 2);
    map.put(null, 1);
    map.put("a", null);

    assertThat((Map<?, ?>) Bytes.roundTrip(new TypeReference<Map<String, Integer>>() {}, map))
        .isEqualTo(map)
        .isExactlyInstanceOf(LinkedHashMap.class)
        .hasToString("{b=2, null=1, a=null}");
    assertThat(
            Bytes.roundTrip(
                new TypeReference<HashMap<List<Integer>, Set<Long>>>() {},
                new HashMap<>(Map.of(List.of(1, 2), Set.of(3L)))))
        .isExactlyInstanceOf(HashMap.class)
        .isEqualTo(Map.of(List.of(1, 2), Set.of(3L)));
  }

  @Test
  void sortedConcurrentAndEnumMapsComeBack() {
    var sorted = new TreeMap<>(Map.of(2, "b", 1, "a"));
    assertThat(Bytes.roundTrip(new TypeReference<SortedMap<Integer, String>>() {}, sorted))
        .isExactlyInstanceOf(TreeMap.class)
        .isEqualTo(sorted);
    assertThat(
            Bytes.roundTrip(
                new TypeReference<ConcurrentMap<Integer, String>>() {},
                new ConcurrentHashMap<>(sorted)))
        .isExactlyInstanceOf(ConcurrentHashMap.class)
        .isEqualTo(sorted);
    assertThat(
            Bytes.roundTrip(
                new TypeReference<ConcurrentSkipListMap<Integer, String>>() {},
                new ConcurrentSkipListMap<>(sorted)))
        .isExactlyInstanceOf(ConcurrentSkipListMap.class)
        .isEqualTo(sorted);
    var days = new EnumMap<DayOfWeek, String>(Map.of(DayOfWeek.FRIDAY, "fish"));
    assertThat(Bytes.roundTrip(new TypeReference<EnumMap<DayOfWeek, String>>() {}, days))
        .isExactlyInstanceOf(EnumMap.class)
        .isEqualTo(days);
  }

  @Test
  void nullElementsComeBack() {
    var words = Arrays.asList("a", null, "b");

    assertThat(Bytes.roundTrip(new TypeReference<List<String>>() {}.type(), words))
        .isEqualTo(words);
    assertThat(
            Bytes.roundTrip(
                new TypeReference<Set<Integer>>() {}.type(), Collections.singleton(null)))
        .isEqualTo(Collections.singleton(null));
    assertThat(
            Bytes.roundTrip(
                new TypeReference<Queue<String>>() {}.type(),
                words.stream().collect(Collectors.toCollection(LinkedList::new))))
        .isEqualTo(words);
  }

  @Test
  void largeListComesBack() {
    var numbers = IntStream.range(0, 100_000).boxed().toList();

    assertThat(Bytes.roundTrip(new TypeReference<List<Integer>>() {}, numbers)).isEqualTo(numbers);
  }

  @Test
  void arraysComeBack() {
    for (var array :
        List.of(
            new boolean[] {true, false},
            new byte[] {1, -1},
            new short[] {Short.MIN_VALUE, 7},
            new char[] {'a', '\uFFFF'},
            new int[] {1, -1, Integer.MAX_VALUE},
            new long[] {1, Long.MIN_VALUE},
            new float[] {1.5f, Float.NaN},
            new double[] {1.5, -0.0},
            new String[] {"a", null},
            new int[][] {{1}, null, {}},
            new Integer[] {1, null})) {
      assertThat(Bytes.roundTrip(array.getClass(), array))
          .isEqualTo(array)
          .isExactlyInstanceOf(array.getClass());
    }
  }

  @Test
  void genericArrayComesBack() {
    var lists =
        Bytes.roundTrip(
            new TypeReference<List<String>[]>() {}.type(), new List<?>[] {List.of("a")});

    assertThat(lists).isEqualTo(new List<?>[] {List.of("a")});
  }

  @Test
  void optionalsComeBack() {
    assertThat(Bytes.roundTrip(new TypeReference<Optional<String>>() {}, Optional.of("x")))
        .isEqualTo(Optional.of("x"));
    assertThat(Bytes.roundTrip(new TypeReference<Optional<String>>() {}, Optional.empty()))
        .isEqualTo(Optional.empty());
    assertThat(Bytes.roundTrip(new TypeReference<Optional<String>>() {}, null)).isNull();
    assertThat(Bytes.roundTrip(OptionalInt.class, OptionalInt.of(-5)))
        .isEqualTo(OptionalInt.of(-5));
    assertThat(Bytes.roundTrip(OptionalLong.class, OptionalLong.empty()))
        .isEqualTo(OptionalLong.empty());
    assertThat(Bytes.roundTrip(OptionalDouble.class, OptionalDouble.of(0.5)))
        .isEqualTo(OptionalDouble.of(0.5));
  }

  @Test
  void comparatorIsRefused() {
    var reversed = new TreeSet<String>(Comparator.reverseOrder());
    reversed.add("a");

    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.roundTrip(new TypeReference<SortedSet<String>>() {}, reversed))
        .withMessageContaining("comparator")
        .withMessageContaining("declare a List");
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() ->
            Bytes.roundTrip(
                new TypeReference<TreeMap<String, String>>() {},
                new TreeMap<>(Comparator.reverseOrder())))
        .withMessageContaining("declare a Map");
    assertThat(Bytes.roundTrip(new TypeReference<Set<String>>() {}, reversed)).isEqualTo(reversed);
  }

  @Test
  void strangeElementIsRefusedWithItsPath() {
    @SuppressWarnings({"unchecked", "rawtypes"}) // heap pollution is what is tested
    List<Integer> polluted = (List) Arrays.asList(1, "two");

    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.roundTrip(new TypeReference<List<Integer>>() {}, polluted))
        .withMessage("'List<Integer>[1]' is a java.lang.String, but Integer is declared");
  }

  @Test
  void elementThatTheCollectionRefusesIsMalformed() {
    var nulls = Bytes.bytes("02 00");

    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(
            () -> Bytes.read(Bytes.codec(new TypeReference<ArrayDeque<String>>() {}.type()), nulls))
        .withMessageContaining("refuses");
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() ->
            Bytes.read(
                Bytes.codec(new TypeReference<ConcurrentHashMap<String, String>>() {}.type()),
                Bytes.bytes("02 00 00")))
        .withMessageContaining("refuses");
  }

  @Test
  void failedWriteLeavesTheOutputAsItWas() {
    var output = new Output(1000);
    output.writeByte(7);
    @SuppressWarnings({"unchecked", "rawtypes"}) // heap pollution is what is tested
    List<Integer> polluted = (List) Arrays.asList(1, "two");

    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() ->
            Bytes.codec(new TypeReference<List<Integer>>() {}.type()).write(polluted, output));

    assertThat(output.size()).isEqualTo(1);
  }
}
