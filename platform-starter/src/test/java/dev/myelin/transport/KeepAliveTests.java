package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeepAliveTests {

  private static final int MAX_FRAME = 64 * 1024;
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final List<String> closed = new ArrayList<>();
  private final EmbeddedChannel channel = greeted();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void peerThatDoesNotAnswerIsGivenUpAnIntervalAfterThePing() {
    pass(INTERVAL);
    pass(INTERVAL);
    assertThat(sent()).isEqualTo(RawPeer.bytes(new Frame.Ping(0)));
    assertThat(closed).isEmpty();

    pass(INTERVAL);

    assertThat(closed).singleElement().asString().contains("no answer to a ping");
  }

  @Test
  void peerIsAskedFirstAlsoAfterThisProcessStoodStill() {
    pass(INTERVAL.multipliedBy(20));
    assertThat(closed).isEmpty();
    pass(INTERVAL);
    assertThat(sent()).isEqualTo(RawPeer.bytes(new Frame.Ping(0)));

    say(new Frame.Pong(0));
    pass(INTERVAL);

    assertThat(closed).isEmpty();
  }

  private EmbeddedChannel greeted() {
    var created = new EmbeddedChannel();
    created.freezeTime();
    var unfinished = new UnfinishedFrames(MAX_FRAME, System::nanoTime);
    var reader = new FrameReader(MAX_FRAME, MAX_FRAME, unfinished);
    var wiring =
        new NettyConnection.Wiring(reader, new RefusalLog(System::nanoTime), () -> {});
    var settings = new TransportSettings(MAX_FRAME, MAX_FRAME, 1, INTERVAL);
    var listener =
        new FrameListener() {
          @Override
          public void received(Connection from, Frame frame) {}

          @Override
          public void closed(Connection ended, String reason) {
            closed.add(reason);
          }
        };
    created
        .pipeline()
        .addLast(reader)
        .addLast(
            new NettyConnection(
                created, wiring, settings, () -> RawPeer.hello(List.of()), listener, true));
    created.pipeline().fireChannelActive();
    created.writeInbound(Unpooled.wrappedBuffer(RawPeer.bytes(RawPeer.hello(List.of()))));
    created.releaseOutbound();
    return created;
  }

  private void say(Frame frame) {
    channel.writeInbound(Unpooled.wrappedBuffer(RawPeer.bytes(frame)));
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runPendingTasks();
  }

  /// All bytes that were sent since.
  private byte[] sent() {
    var all = Unpooled.buffer();
    for (ByteBuf each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
      all.writeBytes(each);
      each.release();
    }
    return ByteBufUtil.getBytes(all);
  }
}
