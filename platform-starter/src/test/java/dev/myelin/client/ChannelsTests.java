package dev.myelin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Status;
import dev.myelin.transport.Connection;
import dev.myelin.transport.FrameListener;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.Transport;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ChannelsTests {

  private static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 4711);
  private static final Frame.Hello HELLO =
      new Frame.Hello(Frame.Hello.VERSION, new InstanceId("me"), "b", 1 << 20, List.of());

  private final Sweeper sweeper = new Sweeper();
  private final ScriptedTransport transport = new ScriptedTransport();
  private final Channels channels = channels(1);

  private Channels channels(int connections) {
    var settings =
        new ClientSettings(3, connections, Duration.ofSeconds(1), BalanceSettings.defaults());
    return new Channels(transport, () -> HELLO, settings, sweeper, Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    sweeper.close();
  }

  private static CallChannel open(Channels channels) throws InterruptedException {
    return channels.channel(ENDPOINT, Deadline.after(Duration.ofSeconds(30)), true);
  }

  @Test
  void connectionsAreOpenedInTurnAndShared() throws Exception {
    var two = channels(2);

    var found = new HashSet<CallChannel>();
    for (int i = 0; i < 10; i++) {
      found.add(open(two));
    }

    assertThat(found).hasSize(2);
    assertThat(transport.connections).hasSize(2);
  }

  @Test
  void connectionThatEndsTakesNoneOfItsSiblingsAlong() throws Exception {
    var two = channels(2);
    var first = open(two);
    var second = open(two);

    transport.end(0);

    var found = new HashSet<CallChannel>();
    for (int i = 0; i < 4; i++) {
      found.add(open(two));
    }
    assertThat(found).hasSize(2).contains(second).doesNotContain(first);
    assertThat(transport.connections).hasSize(3);
  }

  @Test
  void connectionThatIsOpenedWhileAnotherEndsIsFoundByLaterCalls() throws Exception {
    var two = channels(2);
    open(two);
    // from another thread, as the transport does
    transport.before.add(() -> CompletableFuture.runAsync(() -> transport.end(0)).join());

    var second = open(two);

    var found = new HashSet<CallChannel>();
    for (int i = 0; i < 4; i++) {
      found.add(open(two));
    }
    assertThat(found).hasSize(2).contains(second);
    assertThat(transport.connections).hasSize(3);
  }

  @Test
  void callThatWaitsForAnEndpointWhoseLastConnectionEndsOpensOneForAll() throws Exception {
    open(channels);
    transport.end(0);
    var waiting = new ArrayList<CompletableFuture<CallChannel>>();
    var connecting = new CompletableFuture<Void>();
    var goOn = new CompletableFuture<Void>();
    transport.before.add(() -> {
      connecting.complete(null);
      goOn.join();
    });
    waiting.add(later());
    connecting.get(30, TimeUnit.SECONDS);
    waiting.add(later());
    waiting.add(later());

    goOn.complete(null);

    var found = new HashSet<CallChannel>();
    for (var each : waiting) {
      found.add(each.get(30, TimeUnit.SECONDS));
    }
    found.add(open(channels));
    assertThat(found).hasSize(1);
    assertThat(transport.connections).hasSize(2);
  }

  private CompletableFuture<CallChannel> later() {
    var found = new CompletableFuture<CallChannel>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            found.complete(open(channels));
          } catch (Exception e) {
            found.completeExceptionally(e);
          }
        });
    return found;
  }

  @Test
  void endpointThatRefusedIsShunnedWhereThereMayBeAnother() {
    transport.refuse = 1;
    assertThatExceptionOfType(CallException.class).isThrownBy(() -> open(channels));

    assertThat(channels.promising(ENDPOINT)).isFalse();
    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> open(channels))
        .withMessageContaining("was refused a moment ago");
  }

  @Test
  void onlyEndpointThereIsIsTriedAgainAtOnce() throws Exception {
    transport.refuse = 1;
    var deadline = Deadline.after(Duration.ofSeconds(30));
    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> channels.channel(ENDPOINT, deadline, false))
        .withMessageContaining("connection refused");

    assertThat(channels.channel(ENDPOINT, deadline, false).usable()).isTrue();
    assertThat(channels.promising(ENDPOINT)).isTrue();
  }

  @Test
  void onlyWhereThereMayBeAnotherIsAConnectedPeerGivenUpEarly() throws Exception {
    var long30 = Duration.ofSeconds(30);
    var _ = channels.channel(ENDPOINT, Deadline.after(long30), true);
    transport.end(0);

    var _ = channels.channel(ENDPOINT, Deadline.after(long30), false);

    var second = Duration.ofSeconds(1);
    assertThat(transport.patiences.getFirst()).isEqualTo(Transport.Patience.of(second));
    var patience = transport.patiences.getLast();
    assertThat(patience.connecting()).isEqualTo(second);
    assertThat(patience.whole()).isBetween(long30.dividedBy(2), long30);
  }

  @Test
  void deadlineThatPassesWhileThePeerIsAwaitedIsNotHeldAgainstIt() {
    transport.before.add(() -> LockSupport.parkNanos(Duration.ofMillis(20).toNanos()));
    transport.refuse = 1;

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> channels.channel(ENDPOINT, Deadline.after(Duration.ofMillis(10)), false))
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.DEADLINE_EXCEEDED));

    assertThat(channels.promising(ENDPOINT)).isTrue();
  }

  /// Opens connections of which nothing comes but their end.
  private static final class ScriptedTransport implements Transport {

    final List<Patience> patiences = new ArrayList<>();

    final List<FrameListener> connections = new ArrayList<>();
    final Queue<Runnable> before = new ArrayDeque<>();
    int refuse;

    void end(int number) {
      connections.get(number).closed(new DeadEnd(), "reset by peer");
    }

    @Override
    public Connection connect(
        Endpoint endpoint, Frame.Hello hello, FrameListener listener, Patience patience)
        throws IOException {
      patiences.add(patience);
      var first = before.poll();
      if (first != null) {
        first.run();
      }
      if (refuse > 0) {
        refuse--;
        throw new IOException("connection refused");
      }
      connections.add(listener);
      return new DeadEnd();
    }

    @Override
    public Endpoint listen(Endpoint bind, Supplier<Frame.Hello> hello, FrameListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static final class DeadEnd implements Connection {

    @Override
    public Frame.Hello peer() {
      return HELLO;
    }

    @Override
    public String remote() {
      return ENDPOINT.toString();
    }

    @Override
    public boolean open() {
      return true;
    }

    @Override
    public void send(Frame frame) {}

    @Override
    public void close(String reason) {}
  }
}
