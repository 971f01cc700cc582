package dev.myelin.transport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.ThrowableCodec;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Everything that a peer may send from the first byte on: to a server that hosts a service, or, if
/// the first byte is odd, to a caller. The second byte says in how large pieces they come.
///
/// Nothing is left behind, and nothing that happens is taken for a defect of this side.
public final class ConnectionFuzz {

  private static final int MAX_FRAME = 64 * 1024;
  private static final TransportSettings SETTINGS =
      new TransportSettings(MAX_FRAME, MAX_FRAME, 1, Duration.ofSeconds(30));
  private static final ListAppender<ILoggingEvent> DEFECTS = new ListAppender<>();
  private static final CallServer SERVER = server();
  private static final RefusalLog REFUSALS = new RefusalLog(System::nanoTime);

  static {
    var log = (Logger) LoggerFactory.getLogger("dev.myelin");
    var errors = new ThresholdFilter();
    errors.setLevel(Level.ERROR.levelStr);
    errors.start();
    DEFECTS.addFilter(errors);
    DEFECTS.start();
    log.addAppender(DEFECTS);
  }

  private ConnectionFuzz() {}

  /// What is called.
  @Microservice(name = "fuzz")
  public interface Called {

    /// Runs on the reading thread, so that all is over when the bytes are.
    @Operation(inline = true)
    Map<String, Optional<BigDecimal>> all(@Nullable String text, List<Map<Long, int[]>> numbers);
  }

  private static CallServer server() {
    var codec = new BinaryCodec();
    Called bean = (text, _) -> Map.of(String.valueOf(text), Optional.empty());
    return new CallServer(
        new HostedServices(
            List.of(new HostedServices.Hosted(ServiceContracts.of(Called.class), () -> bean))),
        new CallServer.Encoding(
            codec, new ThrowableCodec(codec, _ -> true), MAX_FRAME, CallSurroundings.PLAIN),
        JsonMapper.builder().build(),
        new Sweeper());
  }

  /// Runs it.
  ///
  /// @param input any bytes
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    boolean initiator = (input[0] & 1) == 1;
    var buffers = new UnpooledByteBufAllocator(false, false);
    var unfinished = new UnfinishedFrames(4L * MAX_FRAME, System::nanoTime);
    var reader = new FrameReader(MAX_FRAME, MAX_FRAME, unfinished);
    var wiring = new NettyConnection.Wiring(reader, REFUSALS, () -> {});
    var channel = new EmbeddedChannel();
    channel.config().setAllocator(buffers);
    channel
        .pipeline()
        .addLast(new Sink())
        .addLast(reader)
        .addLast(
            new NettyConnection(
                channel, wiring, SETTINGS, ConnectionFuzz::hello, SERVER, initiator));
    channel.pipeline().fireChannelActive();
    feed(channel, input, 1 + (input[1] & 0xff));
    channel.checkException();
    channel.finishAndReleaseAll();
    check(buffers, unfinished);
  }

  /// Takes what is sent.
  private static final class Sink extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      promise.setSuccess();
    }
  }

  private static Frame.Hello hello() {
    return new Frame.Hello(
        Frame.Hello.VERSION, new InstanceId("fuzz"), "b", MAX_FRAME, SERVER.hosted());
  }

  private static void feed(EmbeddedChannel channel, byte[] input, int piece) {
    for (int at = 2; at < input.length && channel.isOpen(); at += piece) {
      var bytes = channel.alloc().buffer(piece);
      bytes.writeBytes(input, at, Math.min(piece, input.length - at));
      channel.writeInbound(bytes);
    }
  }

  private static void check(UnpooledByteBufAllocator buffers, UnfinishedFrames unfinished) {
    long kept = buffers.metric().usedHeapMemory() + buffers.metric().usedDirectMemory();
    if (kept != 0 || unfinished.total() != 0) {
      throw new AssertionError(
          "%d bytes of buffers are left, %d are counted".formatted(kept, unfinished.total()));
    }
    if (!DEFECTS.list.isEmpty()) {
      var first = DEFECTS.list.getFirst();
      DEFECTS.list.clear();
      throw new AssertionError(
          first.getFormattedMessage()
              + " "
              + ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(first.getThrowableProxy()));
    }
  }
}
