package dev.myelin.wire;

import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.Output;

/// An encoded value: a range of a byte array that nobody changes any more.
public final class Payload {

  /// No bytes.
  public static final Payload EMPTY = new Payload(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int offset;
  private final int length;

  /// Takes over a range of an array, which must not be changed afterwards.
  ///
  /// @param bytes the array
  /// @param offset where the range starts
  /// @param length how long it is
  public Payload(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /// Takes over what was written, after which the output must not be used again.
  ///
  /// @param output a finished output
  public static Payload of(Output output) {
    return new Payload(output.array(), 0, output.size());
  }

  /// Takes over a whole array, which must not be changed afterwards.
  ///
  /// @param bytes the array
  public static Payload of(byte[] bytes) {
    return new Payload(bytes, 0, bytes.length);
  }

  /// The array in which the range lies.
  public byte[] bytes() {
    return bytes;
  }

  /// Where the range starts.
  public int offset() {
    return offset;
  }

  /// How long it is.
  public int length() {
    return length;
  }

  /// A reader at its start.
  public Input input() {
    return new Input(bytes, offset, length);
  }
}
