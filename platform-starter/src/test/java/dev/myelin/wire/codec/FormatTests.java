package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes that `docs/wire.md` promises. A change here is a change of the protocol.
class FormatTests {

  enum Color {
    RED,
    GREEN
  }

  record Line(String sku, int count) {}

  record Basket(String id, @Nullable Long customer, List<Line> lines, Color color) {}

  sealed interface Shape {
    record Circle(double radius) implements Shape {}

    record Group(List<Shape> shapes) implements Shape {}
  }

  static Stream<Arguments> values() {
    return Stream.concat(scalars(), composites());
  }

  private static Stream<Arguments> scalars() {
    return Stream.of(
        arguments(boolean.class, true, "01"),
        arguments(byte.class, (byte) -1, "ff"),
        arguments(short.class, (short) -1, "01"),
        arguments(char.class, 'ä', "e401"),
        arguments(int.class, 150, "ac02"),
        arguments(long.class, -150L, "ab02"),
        arguments(float.class, 1f, "0000803f"),
        arguments(double.class, 1d, "000000000000f03f"),
        arguments(Integer.class, 150, "01" + "ac02"),
        arguments(Integer.class, null, "00"),
        arguments(String.class, "aé", "04" + "61" + "c3a9"),
        arguments(String.class, "", "01"),
        arguments(String.class, null, "00"),
        arguments(byte[].class, new byte[] {1, 2}, "03" + "0102"),
        arguments(BigInteger.class, BigInteger.valueOf(-256), "01" + "02" + "ff00"),
        arguments(BigDecimal.class, new BigDecimal("19.90"), "01" + "04" + "02" + "07c6"),
        arguments(
            UUID.class,
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            "01" + "00112233445566778899aabbccddeeff"),
        arguments(Instant.class, Instant.ofEpochSecond(1, 300), "01" + "02" + "ac02"),
        arguments(Duration.class, Duration.ofNanos(-1), "01" + "01" + "ff93ebdc03"),
        arguments(LocalDate.class, LocalDate.of(1970, 1, 2), "01" + "02"),
        arguments(LocalTime.class, LocalTime.of(0, 2, 30, 1), "01" + "9601" + "01"),
        arguments(
            ZonedDateTime.class,
            ZonedDateTime.of(LocalDate.EPOCH, LocalTime.MIDNIGHT, ZoneOffset.ofHours(1)),
            "01" + "00" + "00" + "00" + "a038" + "07" + "2b30313a3030"),
        arguments(URI.class, URI.create("a:b"), "04" + "613a62"),
        arguments(void.class, null, ""));
  }

  private static Stream<Arguments> composites() {
    return Stream.of(
        arguments(Color.class, Color.GREEN, "02"),
        arguments(Color.class, null, "00"),
        arguments(int[].class, new int[] {1, -1}, "03" + "02" + "01"),
        arguments(
            new TypeReference<List<String>>() {}.type(),
            Arrays.asList("a", null),
            "03" + "0261" + "00"),
        arguments(
            new TypeReference<Map<String, Integer>>() {}.type(),
            Map.of("a", 1),
            "02" + "0261" + "0102"),
        arguments(new TypeReference<Optional<Color>>() {}.type(), Optional.of(Color.RED), "0201"),
        arguments(new TypeReference<Optional<Color>>() {}.type(), Optional.empty(), "01"),
        arguments(
            Basket.class,
            new Basket("b", 7L, List.of(new Line("x", 2)), Color.RED),
            "01" + "0262" + "010e" + "02" + "01" + "0278" + "04" + "01"),
        arguments(
            Shape.class,
            new Shape.Group(List.of(new Shape.Circle(1))),
            "02" + "02" + "01" + "000000000000f03f"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valueHasTheseBytes(Type type, @Nullable Object value, String hex) {
    assertThat(Bytes.hex(Bytes.write(Bytes.codec(type), value))).isEqualTo(hex);
  }

  @Test
  void parameterListIsAStruct() {
    var codec = new BinaryCodec();
    var parameters = List.of(new Codec.Field("a", int.class), new Codec.Field("b", String.class));

    var bytes =
        Bytes.write(
            codec.compile(parameters, codec.schema(parameters)), new @Nullable Object[] {1, null});

    assertThat(Bytes.hex(bytes)).isEqualTo("01" + "02" + "00");
  }

  static Stream<Arguments> schemas() {
    return Stream.of(
        arguments(void.class, "10"),
        arguments(int.class, "15"),
        arguments(Integer.class, "07" + "15"),
        arguments(String.class, "19"),
        arguments(new TypeReference<List<String>>() {}.type(), "04" + "19"),
        arguments(new TypeReference<Map<String, Integer>>() {}.type(), "05" + "19" + "0715"),
        arguments(new TypeReference<Optional<Instant>>() {}.type(), "06" + "1e"),
        arguments(Color.class, "01" + "06436f6c6f72" + "02" + "04524544" + "06475245454e"),
        arguments(
            Line.class, "02" + "054c696e65" + "02" + "04736b75" + "19" + "06636f756e74" + "15"),
        arguments(
            Shape.class,
            "03"
                + "065368617065"
                + "02"
                + "07436972636c65"
                + ("02" + "07436972636c65" + "01" + "07726164697573" + "18")
                + "0647726f7570"
                + ("02" + "0647726f7570" + "01" + "07736861706573" + "04" + "0000")));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void schemaHasTheseBytes(Type type, String hex) {
    var output = new Output(1000);
    var schema = new BinaryCodec().schema(type);

    schema.encode(output);

    assertThat(Bytes.hex(Arrays.copyOf(output.array(), output.size()))).isEqualTo(hex);
    assertThat(Schema.decode(new Input(Bytes.bytes(hex)))).isEqualTo(schema);
  }

  @Test
  void hashIsTheStartOfTheSha256OfTheSchema() throws Exception {
    var digest = java.security.MessageDigest.getInstance("SHA-256").digest(new byte[] {0x15});

    assertThat(new BinaryCodec().schema(int.class).hash())
        .isEqualTo(java.nio.ByteBuffer.wrap(digest).getLong());
  }
}
