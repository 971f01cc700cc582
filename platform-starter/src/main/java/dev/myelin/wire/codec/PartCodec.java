package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// The codec of one declared type: its part, and the name from which paths in messages start.
final class PartCodec implements ValueCodec {

  private final Part part;
  private final String root;

  PartCodec(Part part, String root) {
    this.part = part;
    this.root = root;
  }

  @Override
  public void write(@Nullable Object value, Output output) {
    int start = output.size();
    int depth = output.depth;
    boolean written = false;
    try {
      part.write(value, output);
      written = true;
    } catch (MisfitException e) {
      throw new UncarriableValueException(e.describe(root));
    } finally {
      output.depth = depth;
      if (!written) {
        output.truncate(start);
      }
    }
  }

  @Override
  public @Nullable Object read(Input input) {
    int depth = input.depth;
    try {
      return part.read(input);
    } finally {
      input.depth = depth;
    }
  }
}
