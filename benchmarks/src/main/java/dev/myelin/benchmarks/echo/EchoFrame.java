package dev.myelin.benchmarks.echo;

import dev.myelin.benchmarks.basket.Quote;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// The two frames of the echo, of fixed sizes: about those of a lean encoding of the call.
///
/// Both begin with a length, a number, and the quote; the request goes on with zeros.
final class EchoFrame {
  static final int REQUEST_BYTES = 227;
  static final int REPLY_BYTES = 38;

  private static final int HEAD_BYTES = Integer.BYTES + Long.BYTES;
  private static final int CURRENCY_BYTES = 3;
  private static final int QUOTE_BYTES = Long.BYTES + 1 + CURRENCY_BYTES;

  private EchoFrame() {}

  static void writeRequest(ByteBuf out, long number, Quote quote) {
    out.writeInt(REQUEST_BYTES - Integer.BYTES);
    out.writeLong(number);
    out.writeLong(quote.totalCents());
    out.writeBoolean(quote.discounted());
    out.writeCharSequence(quote.currency(), StandardCharsets.US_ASCII);
    out.writeZero(REQUEST_BYTES - HEAD_BYTES - QUOTE_BYTES);
  }

  static void echo(ByteBuf in, ByteBuf out) {
    out.writeInt(REPLY_BYTES - Integer.BYTES);
    out.writeBytes(in, in.readerIndex() + Integer.BYTES, REPLY_BYTES - Integer.BYTES);
    in.skipBytes(REQUEST_BYTES);
  }

  static Quote readReply(ByteBuf in, long number) {
    in.skipBytes(Integer.BYTES);
    var found = in.readLong();
    if (found != number) {
      throw new IllegalStateException("Reply " + found + " came where " + number + " was due.");
    }
    var total = in.readLong();
    var discounted = in.readBoolean();
    var currency = in.readCharSequence(CURRENCY_BYTES, StandardCharsets.US_ASCII).toString();
    in.skipBytes(REPLY_BYTES - HEAD_BYTES - QUOTE_BYTES);
    return new Quote(total, currency, discounted);
  }
}
