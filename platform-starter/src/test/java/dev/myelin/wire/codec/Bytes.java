package dev.myelin.wire.codec;

import java.lang.reflect.Type;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Values to bytes and back, for tests: both sides declare the same type unless said otherwise.
final class Bytes {

  static final int LIMIT = 16 * 1024 * 1024;

  private Bytes() {}

  static ValueCodec codec(Type type) {
    var codec = new BinaryCodec();
    return codec.compile(type, codec.schema(type));
  }

  static byte[] write(ValueCodec codec, @Nullable Object value) {
    var output = new Output(LIMIT);
    codec.write(value, output);
    return java.util.Arrays.copyOf(output.array(), output.size());
  }

  /// Reads all of the bytes.
  static @Nullable Object read(ValueCodec codec, byte[] bytes) {
    var input = new Input(bytes);
    var value = codec.read(input);
    if (input.remaining() > 0) {
      throw new AssertionError(input.remaining() + " bytes are left");
    }
    return value;
  }

  static @Nullable Object roundTrip(Type type, @Nullable Object value) {
    var codec = codec(type);
    return read(codec, write(codec, value));
  }

  static <T> @Nullable Object roundTrip(TypeReference<T> type, @Nullable T value) {
    return roundTrip(type.type(), value);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
