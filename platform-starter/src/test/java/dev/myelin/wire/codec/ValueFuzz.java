package dev.myelin.wire.codec;

import java.util.Arrays;
import java.util.List;

/// Bytes of a value; the first says of which type.
///
/// They are refused as malformed, or are a value that can be written, whose bytes are then read and
/// written again without a change.
public final class ValueFuzz {

  private static final List<ValueCodec> CODECS =
      FuzzedTypes.ALL.stream().map(Bytes::codec).toList();

  private ValueFuzz() {}

  /// Runs it.
  ///
  /// @param input any bytes
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var codec = CODECS.get((input[0] & 0xff) % CODECS.size());
    Object value;
    try {
      value = codec.read(new Input(input, 1, input.length - 1));
    } catch (MalformedPayloadException _) {
      return;
    }
    var written = Bytes.write(codec, value);
    var again = Bytes.write(codec, Bytes.read(codec, written));
    if (!Arrays.equals(written, again)) {
      throw new AssertionError("read otherwise than written: " + value);
    }
  }
}
