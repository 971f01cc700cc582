package dev.myelin.transport;

import dev.myelin.wire.Frame;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.Arrays;

/// Bytes of a connection, in two pieces: the first byte of the input says where they part.
///
/// Each frame that is understood can be written, and is then understood in the same way.
public final class FrameFuzz {

  private static final int MAX_FRAME = 64 * 1024;

  private FrameFuzz() {}

  /// Runs it.
  ///
  /// @param input any bytes
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var unfinished = new UnfinishedFrames(MAX_FRAME, System::nanoTime);
    var channel = new EmbeddedChannel(new FrameReader(MAX_FRAME, MAX_FRAME, unfinished));
    int parting = 1 + (input[0] & 0xff) % input.length;
    try {
      channel.writeInbound(Unpooled.copiedBuffer(input, 1, parting - 1));
      channel.writeInbound(
          Unpooled.wrappedBuffer(Arrays.copyOfRange(input, parting, input.length)));
    } catch (DecoderException e) {
      if (!(e.getCause() instanceof ProtocolException)) {
        throw e;
      }
    }
    for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      writtenAndReadAgain(frame);
    }
    channel.finishAndReleaseAll();
    if (unfinished.total() != 0) {
      throw new AssertionError(unfinished.total() + " bytes are still counted");
    }
  }

  private static void writtenAndReadAgain(Frame frame) {
    var bytes = Unpooled.buffer();
    FrameFormat.write(frame, bytes);
    if (!(frame instanceof Frame.Hello)
        && bytes.readableBytes() > Math.max(FrameFormat.sizeBound(frame), 0)) {
      throw new AssertionError("longer than its bound: " + frame);
    }
    var again = Unpooled.buffer();
    FrameFormat.write(
        FrameFormat.read(bytes.slice(Integer.BYTES, bytes.readableBytes() - Integer.BYTES)), again);
    if (!ByteBufUtil.equals(bytes, again)) {
      throw new AssertionError("read otherwise than written: " + frame);
    }
  }
}
