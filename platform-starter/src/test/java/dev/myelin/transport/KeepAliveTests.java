package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How long a peer may be silent, on a clock that stands until it is moved.
final class KeepAliveTests implements FrameListener {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final TransportSettings settings = new TransportSettings(4096, 64 * 1024, 1, INTERVAL);
  private final List<String> ends = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel registered) {
              var unfinished = new UnfinishedFrames(settings.maxUnfinished(), System::nanoTime);
              var reader = new FrameReader(4096, 4096, unfinished);
              var wiring =
                  new NettyConnection.Wiring(reader, new RefusalLog(System::nanoTime), () -> {});
              registered
                  .pipeline()
                  .addLast(
                      reader,
                      new NettyConnection(
                          registered,
                          wiring,
                          settings,
                          () -> RawPeer.hello(List.of()),
                          KeepAliveTests.this,
                          false));
            }
          });

  @BeforeEach
  void greet() {
    channel.freezeTime();
    say(RawPeer.hello(List.of()));
    said();
  }

  @AfterEach
  void close() {
    var _ = channel.finishAndReleaseAll();
  }

  @Override
  public void received(Connection connection, Frame frame) {}

  @Override
  public void closed(Connection connection, String reason) {
    ends.add(reason);
  }

  private void say(Frame frame) {
    channel.writeInbound(Unpooled.wrappedBuffer(RawPeer.bytes(frame)));
  }

  private int said() {
    channel.runPendingTasks();
    int bytes = 0;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      bytes += out.readableBytes();
      out.release();
    }
    return bytes;
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void peerThatIsSilentIsPingedAndThenGivenUp() {
    pass(INTERVAL);
    assertThat(said()).isZero();
    pass(INTERVAL);
    assertThat(said()).isPositive();
    assertThat(ends).isEmpty();

    pass(INTERVAL);

    assertThat(ends).containsExactly("no answer to a ping within PT5S");
  }

  @Test
  void peerThatAnswersIsNotGivenUp() {
    for (int i = 0; i < 10; i++) {
      pass(INTERVAL);
      if (said() > 0) {
        say(new Frame.Pong(0));
      }
    }

    assertThat(ends).isEmpty();
  }

  @Test
  void peerIsNotGivenUpForASilenceInWhichThisProcessPaused() {
    pass(INTERVAL.multipliedBy(10));
    assertThat(ends).isEmpty();

    pass(INTERVAL);
    assertThat(said()).isPositive();
    say(new Frame.Pong(0));
    pass(INTERVAL);

    assertThat(ends).isEmpty();
  }
}
