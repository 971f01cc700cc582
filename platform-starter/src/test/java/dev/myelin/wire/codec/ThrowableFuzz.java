package dev.myelin.wire.codec;

/// Bytes of an exception: they are refused as malformed, or are one that can be thrown and carried
/// on.
public final class ThrowableFuzz {

  private static final ThrowableCodec CODEC = new ThrowableCodec(new BinaryCodec(), _ -> true);

  private ThrowableFuzz() {}

  /// Runs it.
  ///
  /// @param input any bytes
  public static void fuzzerTestOneInput(byte[] input) {
    Throwable throwable;
    try {
      throwable = CODEC.read(new Input(input), ThrowableFuzz.class.getClassLoader());
    } catch (MalformedPayloadException _) {
      return;
    }
    var output = new Output(Bytes.LIMIT);
    CODEC.write(throwable, output);
    var _ =
        CODEC.read(
            new Input(output.array(), 0, output.size()), ThrowableFuzz.class.getClassLoader());
  }
}
