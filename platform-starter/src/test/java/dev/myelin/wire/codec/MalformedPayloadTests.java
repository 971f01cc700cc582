package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that nobody wrote: each is refused, cheaply, and by [MalformedPayloadException] alone.
class MalformedPayloadTests {

  private static final int ITERATIONS = 100_000;
  private static final long ALLOWED = 64 * 1024;

  sealed interface Node {
    @SuppressWarnings("ArrayRecordComponent") // arrays are fields, too
    record Leaf(@Nullable String text, int @Nullable [] numbers) implements Node {}

    record Branch(@Nullable List<Node> nodes, @Nullable Node only) implements Node {}

    enum Mark implements Node {
      A,
      B
    }
  }

  record Target(
      @Nullable Node node,
      @Nullable Map<String, Set<Long>> map,
      Optional<UUID> id,
      @Nullable DayOfWeek day,
      @Nullable ZonedDateTime time,
      @Nullable BigDecimal price,
      boolean flag,
      char letter,
      @Nullable TreeMap<Integer, byte[]> sorted) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomBytesAreReadOrMalformedAndNothingElse(long seed) {
    var random = new Random(seed);
    var codec = Bytes.codec(Target.class);
    int read = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      var bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = 1;
      }
      read += readOrRefuse(codec, bytes);
    }

    assertThat(read).isLessThan(ITERATIONS);
  }

  @Test
  void changedBytesAreReadOrMalformedAndNothingElse() {
    var random = new Random(7);
    var codec = Bytes.codec(Target.class);
    var good = Bytes.write(codec, target());
    int read = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      var bytes =
          Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(good.length));
      for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      read += readOrRefuse(codec, bytes);
    }

    assertThat(read).isBetween(1, ITERATIONS - 1);
  }

  @Test
  void changedSchemasAreReadOrMalformedAndNothingElse() {
    var random = new Random(11);
    var output = new Output(100_000);
    new BinaryCodec().schema(Target.class).encode(output);
    int read = 0;
    for (int i = 0; i < ITERATIONS / 10; i++) {
      var bytes = Arrays.copyOf(output.array(), output.size());
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      try {
        read += Schema.decode(new Input(bytes)).toString().isEmpty() ? 0 : 1;
      } catch (MalformedPayloadException _) {
        assertThat(bytes).isNotEmpty();
      }
    }

    assertThat(read).isPositive();
  }

  private static int readOrRefuse(ValueCodec codec, byte[] bytes) {
    try {
      return codec.read(new Input(bytes)) == null ? 0 : 1;
    } catch (MalformedPayloadException e) {
      if (!String.valueOf(e.getMessage()).startsWith("At byte ")) {
        throw e;
      }
      return 0;
    }
  }

  private static Target target() {
    var leaf = new Node.Leaf("text ä", new int[] {1, 2, 3});
    return new Target(
        new Node.Branch(Arrays.asList(leaf, null, Node.Mark.B), leaf),
        Map.of("a", Set.of(1L, 2L)),
        Optional.of(new UUID(1, 2)),
        DayOfWeek.FRIDAY,
        ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Zurich]"),
        new BigDecimal("9.99"),
        true,
        'x',
        new TreeMap<>(Map.of(1, new byte[] {1})));
  }

  @Test
  void declaredLengthOfTwoGigabytesAllocatesNothing() {
    for (Type type :
        List.of(
            String.class,
            byte[].class,
            long[].class,
            double[].class,
            String[].class,
            new TypeReference<List<String>>() {}.type(),
            new TypeReference<Set<Integer>>() {}.type(),
            new TypeReference<Map<Integer, Integer>>() {}.type())) {
      var codec = Bytes.codec(type);
      var bytes = Bytes.bytes("ff ff ff ff 07 00 00 00 00 00");
      refuse(codec, bytes);

      long before = allocated();
      refuse(codec, bytes);

      assertThat(allocated() - before).isLessThan(ALLOWED);
    }
  }

  private static void refuse(ValueCodec codec, byte[] bytes) {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> codec.read(new Input(bytes)))
        .withMessageContaining("are declared but only 5 bytes are left");
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  @Test
  void listThatIsAsLongAsItsBytesAllocatesASmallMultiple() {
    var bytes = new byte[1_000_003];
    Arrays.fill(bytes, (byte) 0);
    bytes[0] = (byte) 0xc1;
    bytes[1] = (byte) 0x84;
    bytes[2] = (byte) 0x3d;
    var codec = Bytes.codec(new TypeReference<List<String>>() {}.type());

    var list = (List<?>) Objects.requireNonNull(codec.read(new Input(bytes)));

    assertThat(list).hasSize(1_000_000).containsOnlyNulls();
  }

  @Test
  void deepNestingIsMalformedOnAnyThread() throws Exception {
    var bytes = new ArrayList<Byte>();
    for (int i = 0; i < 1_000_000; i++) {
      bytes.add((byte) 2);
      bytes.add((byte) 2);
    }
    var nested = new byte[bytes.size()];
    Arrays.fill(nested, (byte) 2);
    var codec = Bytes.codec(Node.class);
    var failure = new ArrayList<Throwable>();

    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                codec.read(new Input(nested));
              } catch (Throwable e) {
                failure.add(e);
              }
            });
    thread.join();

    assertThat(failure)
        .singleElement()
        .isInstanceOf(MalformedPayloadException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("more than 500 levels");
  }

  @Test
  void enumIndexOutOfRangeIsMalformed() {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Bytes.read(Bytes.codec(DayOfWeek.class), new byte[] {8}))
        .withMessageContaining("DayOfWeek has 7 constants but number 7 is meant");
  }

  @Test
  void nullParameterListIsMalformed() {
    var codec = new BinaryCodec();
    var parameters = List.of(new Codec.Field("a", int.class));

    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(
            () -> Bytes.read(codec.compile(parameters, codec.schema(parameters)), new byte[] {0}));
  }
}
