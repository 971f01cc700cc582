package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.ContextFields;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Payload;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes here are those of `docs/wire.md`; another language relies on them.
class FrameFormatTests {

  private static final Payload TWO_BYTES = Payload.of(new byte[] {7, 8});

  record Golden(Frame frame, String hex) {}

  static Stream<Golden> goldens() {
    return Stream.of(
        new Golden(
            new Frame.Hello(
                1,
                new InstanceId("a-1"),
                "b1",
                16_384,
                List.of(
                    new Frame.HostedService(
                        "quotes",
                        List.of(new Frame.HostedOperation("price(a.B)", 0x0102030405060708L))))),
            "0000002c"
                + "01"
                + "4d594c4e"
                + "01"
                + "03612d31"
                + "026231"
                + "808001"
                + "01"
                + "0671756f746573"
                + "01"
                + "0a707269636528612e4229"
                + "0102030405060708"),
        new Golden(
            new Frame.Call(300, 2, 1, Duration.ofMillis(30), ContextFields.EMPTY, TWO_BYTES),
            "0000000b" + "02" + "ac02" + "02" + "01" + "b0ea01" + "00" + "0708"),
        new Golden(
            new Frame.Call(
                300, 2, 1, Duration.ofMillis(30), ContextFields.of("locale", "de"), TWO_BYTES),
            "00000015"
                + "02"
                + "ac02"
                + "02"
                + "01"
                + "b0ea01"
                + "01"
                + "066c6f63616c65"
                + "026465"
                + "0708"),
        new Golden(new Frame.Reply(300, TWO_BYTES), "00000005" + "03" + "ac02" + "0708"),
        new Golden(
            new Frame.Failure(5, Status.DRAINING, Execution.DID_NOT_RUN, "no", Payload.EMPTY),
            "00000007" + "04" + "05" + "01" + "00" + "026e6f"),
        new Golden(new Frame.Cancel(5), "00000002" + "05" + "05"),
        new Golden(new Frame.Item(5, TWO_BYTES), "00000004" + "06" + "05" + "0708"),
        new Golden(new Frame.Credit(5, 128), "00000004" + "07" + "05" + "8001"),
        new Golden(new Frame.End(5), "00000002" + "08" + "05"),
        new Golden(new Frame.Drain(), "00000001" + "09"),
        new Golden(new Frame.Ping(1), "00000002" + "0a" + "01"),
        new Golden(new Frame.Pong(1), "00000002" + "0b" + "01"),
        new Golden(new Frame.SchemaRequest(5, 2), "00000003" + "0c" + "05" + "02"),
        new Golden(new Frame.SchemaReply(5, TWO_BYTES), "00000004" + "0d" + "05" + "0708"));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void frameWhenWrittenHasTheDocumentedBytes(Golden golden) {
    var out = Unpooled.buffer();

    FrameFormat.write(golden.frame(), out);

    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(golden.hex());
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void frameWhenReadAndWrittenAgainHasTheSameBytes(Golden golden) {
    var in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(golden.hex().substring(8)));

    var read = FrameFormat.read(in);

    assertThat(read).hasSameClassAs(golden.frame());
    var out = Unpooled.buffer();
    FrameFormat.write(read, out);
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(golden.hex());
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void sizeBoundOfAnyFrameButAHelloCoversItsBytes(Golden golden) {
    if (!(golden.frame() instanceof Frame.Hello)) {
      assertThat(FrameFormat.sizeBound(golden.frame()))
          .isGreaterThanOrEqualTo(golden.hex().length() / 2);
    }
  }

  @Test
  void readWhenBytesAreRandomFailsOnlyAsMalformed() {
    var random = new Random(42);
    for (int i = 0; i < 100_000; i++) {
      var bytes = new byte[1 + random.nextInt(64)];
      random.nextBytes(bytes);
      bytes[0] = (byte) random.nextInt(16);
      try {
        var _ = FrameFormat.read(Unpooled.wrappedBuffer(bytes));
      } catch (ProtocolException | IndexOutOfBoundsException | IllegalArgumentException _) {
        // what FrameReader turns into the end of the connection
      }
    }
  }

  @Test
  void contextWhenEmptyIsNoObjectOfItsOwn() {
    var call = ByteBufUtil.decodeHexDump("02ac020201b0ea01000708");

    var read = (Frame.Call) FrameFormat.read(Unpooled.wrappedBuffer(call));

    assertThat(read.context()).isSameAs(ContextFields.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // 65 fields; a name of 2 GiB; a name of more than 16 KiB; a value longer than what is left
        "0201020100" + "41",
        "0201020100" + "01" + "ffffffff07",
        "0201020100" + "01" + "818001",
        "0201020100" + "01" + "0161" + "05"
      })
  void contextWhenBeyondTheLimitsIsRefusedBeforeItIsRead(String call) {
    var padded = call + (call.endsWith("818001") ? "61".repeat(16_385) : "");
    var in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(padded));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> FrameFormat.read(in))
        .withMessageContaining("context");
  }

  @Test
  void readWhenANumberHasTooManyBytesIsRefused() {
    var in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("08ffffffffffffffffffff01"));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> FrameFormat.read(in))
        .withMessageContaining("64 bits");
  }
}
