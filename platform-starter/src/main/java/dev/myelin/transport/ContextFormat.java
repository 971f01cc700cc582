package dev.myelin.transport;

import dev.myelin.wire.ContextFields;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;

/// The context of a call as bytes: a count, then name and value of each field. Stateless.
///
/// Count and size are checked before anything is allocated; none at all is one byte and no object.
final class ContextFormat {

  private static final int LONGEST_COUNT_AND_LENGTHS = 10;

  private ContextFormat() {}

  /// Bytes that the fields may take at most.
  static long sizeBound(ContextFields context) {
    return context.isEmpty()
        ? 1
        : ContextFields.MAX_BYTES + (long) LONGEST_COUNT_AND_LENGTHS * context.fields().size();
  }

  static void write(ContextFields context, ByteBuf out) {
    var fields = context.fields();
    Fields.writeVarint(out, fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Fields.writeText(out, fields.get(i).name());
      Fields.writeText(out, fields.get(i).value());
    }
  }

  static ContextFields read(ByteBuf in) {
    int count = Fields.readInt(in);
    if (count == 0) {
      return ContextFields.EMPTY;
    }
    if (count > ContextFields.MAX_FIELDS) {
      throw ProtocolException.malformed("a context of " + count + " fields");
    }
    var fields = new ArrayList<ContextFields.Field>(count);
    int left = ContextFields.MAX_BYTES;
    for (int i = 0; i < count; i++) {
      var name = readText(in, left);
      left -= name.bytes();
      var value = readText(in, left);
      left -= value.bytes();
      fields.add(new ContextFields.Field(name.text(), value.text()));
    }
    return new ContextFields(fields);
  }

  private record Text(String text, int bytes) {}

  private static Text readText(ByteBuf in, int left) {
    int length = Fields.readInt(in);
    if (length > left || length > in.readableBytes()) {
      throw ProtocolException.malformed("a context field of " + length + " bytes");
    }
    var text = in.readCharSequence(length, java.nio.charset.StandardCharsets.UTF_8).toString();
    return new Text(text, length);
  }
}
