package dev.myelin.transport;

import dev.myelin.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts the stream of bytes into frames.
///
/// The length in front of a frame is checked before anything is kept for it; up to the hello, a
/// shorter limit and the magic number keep strangers out. What was kept of a frame that has not
/// come whole counts among the [UnfinishedFrames]. Once the peer has broken a rule, or is to be
/// told that the connection ends, its bytes are passed over. Used by one event loop.
final class FrameReader extends ByteToMessageDecoder {

  /// A server says what it hosts.
  static final int MAX_SERVER_HELLO = 1024 * 1024;

  /// A caller says who it is.
  static final int MAX_CALLER_HELLO = 16 * 1024;

  /// What a connection may keep without being counted: nearly all have the start of a frame.
  private static final int UNCOUNTED = 4 * 1024;

  private static final int HEADER = Integer.BYTES + 1 + Integer.BYTES;

  private final int maxFrame;
  private final int maxHello;
  private final UnfinishedFrames unfinished;
  private UnfinishedFrames.@Nullable Share share;
  private boolean greeted;
  private boolean discarding;
  private boolean framed;
  private long arrived;

  FrameReader(int maxFrame, int maxHello, UnfinishedFrames unfinished) {
    this.maxFrame = maxFrame;
    this.maxHello = maxHello;
    this.unfinished = unfinished;
  }

  /// Passes over whatever comes from now on.
  void discard() {
    discarding = true;
  }

  /// Bytes that have come since the last call of this method.
  long takeArrived() {
    long bytes = arrived;
    arrived = 0;
    return bytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (discarding) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof ByteBuf bytes) {
      arrived += bytes.readableBytes();
    }
    framed = false;
    super.channelRead(context, message);
    account(context);
  }

  private void account(ChannelHandlerContext context) {
    // what is allocated counts, not what is filled of it
    int held = actualReadableBytes() == 0 ? 0 : internalBuffer().capacity();
    int counted = held <= UNCOUNTED ? 0 : held;
    if (share == null && counted > 0 && !context.isRemoved()) {
      share = unfinished.open(() -> context.executor().execute(() -> evicted(context)));
    }
    if (share != null) {
      share.hold(counted, framed);
    }
  }

  private void evicted(ChannelHandlerContext context) {
    if (!context.isRemoved()) {
      int bytes = actualReadableBytes();
      // without its reader, the connection keeps nothing: neither what came nor what still comes
      internalBuffer().skipBytes(bytes);
      context.pipeline().remove(this);
      context.channel().pipeline().fireExceptionCaught(ProtocolException.tooSlow(bytes));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    if (share != null) {
      share.close();
    }
    super.channelInactive(context);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (discarding) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      next(in, out);
    } catch (ProtocolException e) {
      discarding = true;
      throw e;
    }
  }

  private void next(ByteBuf in, List<Object> out) {
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    if (!greeted && !looksLikeHello(in)) {
      return;
    }
    long length = in.getUnsignedInt(in.readerIndex());
    if (length > (greeted ? maxFrame : maxHello)) {
      throw greeted
          ? ProtocolException.tooLong(length, maxFrame)
          : ProtocolException.helloTooLong(length, maxHello);
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
    framed = true;
  }

  private static boolean looksLikeHello(ByteBuf in) {
    if (in.readableBytes() < HEADER) {
      return false;
    }
    int at = in.readerIndex() + Integer.BYTES;
    int kind = in.getByte(at);
    boolean refusal = kind == FrameFormat.FAILURE;
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
