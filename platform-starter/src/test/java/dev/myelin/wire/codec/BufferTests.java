package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// [Output] and [Input] against each other and against the documented bytes.
class BufferTests {

  private final Output output = new Output(1024);

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8001",
    "16383, ff7f",
    "16384, 808001",
    "2147483647, ffffffff07",
    "-1, ffffffff0f"
  })
  void unsignedIntIsLowestSevenBitsFirst(int value, String hex) {
    output.writeUnsignedInt(value);

    assertThat(written()).isEqualTo(hex);
    assertThat(input().readUnsignedInt()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "-1, 01",
    "1, 02",
    "-64, 7f",
    "64, 8001",
    "2147483647, feffffff0f",
    "-2147483648, ffffffff0f"
  })
  void signedIntIsZigzag(int value, String hex) {
    output.writeInt(value);

    assertThat(written()).isEqualTo(hex);
    assertThat(input().readInt()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, -1, 1, 63, 64, -65, 1L << 35, -(1L << 56), Long.MAX_VALUE, Long.MIN_VALUE})
  void longComesBack(long value) {
    output.writeLong(value);
    output.writeUnsignedLong(value);
    output.writeFixedLong(value);

    var input = input();
    assertThat(input.readLong()).isEqualTo(value);
    assertThat(input.readUnsignedLong()).isEqualTo(value);
    assertThat(input.readFixedLong()).isEqualTo(value);
    assertThat(input.remaining()).isZero();
  }

  @Test
  void fixedNumbersAreLittleEndian() {
    output.writeFixedInt(0x01020304);
    output.writeDouble(1.0);
    output.setFixedInt(0, 0x0a0b0c0d);

    assertThat(written()).isEqualTo("0d0c0b0a" + "000000000000f03f");
  }

  @Test
  void shortAndCharOutOfRangeAreMalformed() {
    output.writeInt(40_000);
    assertThatExceptionOfType(MalformedPayloadException.class).isThrownBy(input()::readShort);

    output.reset();
    output.writeUnsignedInt(70_000);
    assertThatExceptionOfType(MalformedPayloadException.class).isThrownBy(input()::readChar);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "plain ASCII that is longer than eight bytes",
        "ascii then ä",
        "ÿ",
        "Grüße, 世界, 🌍",
        "߿ࠀ￿\uD7FF\uE000",
        "\uD83C\uDF0D pair",
        "lone \uD83C high",
        "lone \uDF0D low",
        "\uDF0D\uD83C",
        "\u0000"
      })
  void stringComesBack(String text) {
    output.writeString(text);

    assertThat(input().readString()).isEqualTo(text);
  }

  @Test
  void stringWithoutLoneSurrogatesIsUtf8() {
    var text = "Grüße, 世界, 🌍";

    output.writeString(text);

    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    assertThat(written()).isEqualTo("%02x".formatted(utf8.length + 1) + Bytes.hex(utf8));
  }

  @Test
  void everyCharacterComesBack() {
    var text = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      text.append((char) c);
    }
    var large = new Output(1 << 20);

    large.writeString(text.toString());

    assertThat(new Input(large.array(), 0, large.size()).readString()).isEqualTo(text.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02 80", // continuation first
        "02 c3", // cut short
        "03 c3 28", // no continuation
        "03 c0 80", // two bytes for one
        "04 e0 80 80", // three for one
        "05 f0 80 80 80", // four for one
        "05 f4 90 80 80", // above U+10FFFF
        "02 ff"
      })
  void malformedUtf8IsRefused(String hex) {
    var input = new Input(Bytes.bytes(hex));

    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(input::readString)
        .withMessageContaining("not UTF-8")
        .withMessageContaining("At byte");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "ff ff ff ff", "ff ff ff ff 1f", "ff ff ff ff ff 01"})
  void malformedUnsignedIntIsRefused(String hex) {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(new Input(Bytes.bytes(hex))::readUnsignedInt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "80", "ff ff ff ff ff ff ff ff ff 02", "ff ff ff ff ff ff ff ff ff 81"})
  void malformedUnsignedLongIsRefused(String hex) {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(new Input(Bytes.bytes(hex))::readUnsignedLong);
  }

  @Test
  void declaredLengthIsComparedWithWhatIsLeft() {
    var input = new Input(Bytes.bytes("ff ff ff ff 07 41 42"));

    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(input::readString)
        .withMessageContaining("2147483646")
        .withMessageContaining("2 bytes are left");
  }

  @Test
  void inputKeepsToItsRange() {
    byte[] bytes = {9, 9, 1, 2, 3, 9};
    var input = new Input(bytes, 2, 3);

    assertThat(input.readBytes(2)).containsExactly(1, 2);
    assertThat(input.position()).isEqualTo(2);
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> input.readBytes(2))
        .withMessageContaining("At byte 2")
        .withMessageContaining("only 1 are left");
    assertThatExceptionOfType(MalformedPayloadException.class).isThrownBy(() -> input.skip(-1));
  }

  @Test
  void outputGrowsToItsLimitExactly() {
    var small = new Output(1000);
    small.writeBytes(new byte[999], 0, 999);
    small.writeByte(1);

    assertThat(small.size()).isEqualTo(1000);
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> small.writeByte(1))
        .withMessageContaining("1000")
        .withMessageContaining("'myelin.wire.max-frame-size'");
    assertThat(small.size()).isEqualTo(1000);
  }

  @Test
  void everyWriteRespectsTheLimitAndUsesTheLastByte() {
    var three = new Output(3);
    three.writeUnsignedInt(1 << 14);
    assertThat(three.size()).isEqualTo(3);

    three.reset();
    three.writeUnsignedLong(1 << 14);
    assertThat(three.size()).isEqualTo(3);

    three.reset();
    three.writeString("ab");
    assertThat(three.size()).isEqualTo(3);

    three.reset();
    three.writeString("ä");
    assertThat(three.size()).isEqualTo(3);

    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> three.writeString(""));
    three.reset();
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> three.writeString("äb"));
    assertThat(three.size()).isZero();
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> three.writeFixedInt(1));
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> three.writeFixedLong(1));
  }

  @Test
  void outputWithoutLimitIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Output(0));
  }

  private Input input() {
    return new Input(output.array(), 0, output.size());
  }

  private String written() {
    return Bytes.hex(Arrays.copyOf(output.array(), output.size()));
  }
}
