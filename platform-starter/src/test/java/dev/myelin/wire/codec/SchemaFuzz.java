package dev.myelin.wire.codec;

/// A server's schema, then a value as it says; the first byte says what the caller declares.
///
/// Schema and value are refused, or fit.
public final class SchemaFuzz {

  private static final BinaryCodec CODEC = new BinaryCodec();

  private SchemaFuzz() {}

  /// Runs it.
  ///
  /// @param input any bytes
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var type = FuzzedTypes.ALL.get((input[0] & 0xff) % FuzzedTypes.ALL.size());
    var bytes = new Input(input, 1, input.length - 1);
    try {
      var schema = Schema.decode(bytes);
      encodedAndDecodedAgain(schema);
      var _ = CODEC.compile(type, schema).read(bytes);
    } catch (MalformedPayloadException | IncompatibleSchemaException _) {
      // refused
    }
  }

  private static void encodedAndDecodedAgain(Schema schema) {
    var output = new Output(Bytes.LIMIT);
    schema.encode(output);
    var again = Schema.decode(new Input(output.array(), 0, output.size()));
    if (!again.equals(schema) || again.hash() != schema.hash()) {
      throw new AssertionError("read otherwise than written: " + schema);
    }
  }
}
