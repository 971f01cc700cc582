package dev.myelin.transport;

import dev.myelin.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;

/// Cuts the stream of bytes into frames.
///
/// The length in front of a frame is checked before anything is kept for it; up to the hello, a
/// shorter limit and the magic number keep strangers out. Used by one event loop.
final class FrameReader extends ByteToMessageDecoder {

  private static final int MAX_HELLO = 1024 * 1024;
  private static final int HEADER = Integer.BYTES + 1 + Integer.BYTES;

  private final int maxFrame;
  private boolean greeted;
  // what is left of a broken stream is passed over: until the channel is closed, and once more when
  // it is, it would be read again and refused again
  private boolean broken;

  FrameReader(int maxFrame) {
    this.maxFrame = maxFrame;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      decode(in, out);
    } catch (ProtocolException e) {
      broken = true;
      throw e;
    }
  }

  private void decode(ByteBuf in, List<Object> out) {
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    if (!greeted && !looksLikeHello(in)) {
      return;
    }
    long length = in.getUnsignedInt(in.readerIndex());
    int limit = greeted ? maxFrame : MAX_HELLO;
    if (length > limit) {
      throw ProtocolException.tooLong(length, limit);
    }
    if (length == 0) {
      throw ProtocolException.malformed("an empty frame");
    }
    if (in.readableBytes() < Integer.BYTES + length) {
      return;
    }
    in.skipBytes(Integer.BYTES);
    out.add(parse(in.readSlice((int) length)));
    greeted = true;
  }

  private static boolean looksLikeHello(ByteBuf in) {
    if (in.readableBytes() < HEADER) {
      return false;
    }
    int at = in.readerIndex() + Integer.BYTES;
    int kind = in.getByte(at);
    boolean refusal = kind == FrameFormat.FAILURE_KIND;
    if (SslHandler.isEncrypted(in, false)) {
      throw ProtocolException.tls();
    }
    if (!refusal && (kind != FrameFormat.HELLO || in.getInt(at + 1) != FrameFormat.MAGIC)) {
      throw ProtocolException.notMyelin();
    }
    return true;
  }

  private static Frame parse(ByteBuf body) {
    try {
      return FrameFormat.read(body);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw ProtocolException.malformed(String.valueOf(e.getMessage()));
    }
  }
}
