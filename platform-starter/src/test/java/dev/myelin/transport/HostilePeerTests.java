package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.myelin.Status;
import dev.myelin.wire.ContextFields;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Payload;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers that break the rules, over real sockets.
class HostilePeerTests {

  private static final int MAX_FRAME = 16 << 20;
  private static final long ALLOWED = 64 * 1024;
  private static final Duration CALM = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true, false);
  private final Recorder server = new Recorder();
  private final List<NettyTransport> transports = new ArrayList<>();

  @AfterEach
  void close() {
    transports.forEach(NettyTransport::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: myelin\r\n\r\n", "SSH-2.0-OpenSSH_9.2p1\r\n"})
  void peerWhenItSpeaksAnotherProtocolIsToldSo(String greeting) throws Exception {
    try (var stranger = RawPeer.connect(listen(CALM))) {
      stranger.send(greeting.getBytes(StandardCharsets.US_ASCII));

      assertThat(stranger.farewell().detail()).contains("does not speak Myelin's protocol");
    }
  }

  @Test
  void peerWhenItSendsMoreThanIsReadStillLearnsWhy() throws Exception {
    try (var stranger = RawPeer.connect(listen(CALM))) {
      var upload = new byte[512 * 1024];
      Arrays.fill(upload, (byte) 'x');
      sendIfOpen(stranger, upload);

      assertThat(stranger.farewell().status()).isEqualTo(Status.INCOMPATIBLE);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void peerWhenItSendsRandomBytesIsDisconnected(long seed) throws Exception {
    var endpoint = listen(SHORT);
    var bytes = new byte[4096];
    new Random(seed).nextBytes(bytes);

    try (var stranger = RawPeer.connect(endpoint);
        var greeted = RawPeer.greeted(endpoint)) {
      stranger.send(bytes);
      greeted.send(bytes);

      stranger.awaitEnd();
      greeted.awaitEnd();
    }
    assertThat(server.closed).hasSize(1);
  }

  @Test
  void callerOfANewerVersionLearnsBothVersions() throws Exception {
    try (var newer = RawPeer.connect(listen(CALM))) {
      newer.send(helloInVersion(2));

      assertThat(newer.farewell().detail()).contains("version 2", "version 1", "same release");
    }
  }

  @Test
  void callerWhenServerIsOfANewerVersionLearnsBothVersionsAndSaysThem() throws Exception {
    try (var socket = new ServerSocket(0)) {
      var said = new java.util.concurrent.CompletableFuture<Frame.Failure>();
      Thread.startVirtualThread(() -> {
        try (var newer = new RawPeer(socket.accept())) {
          newer.send(helloInVersion(2));
          said.complete(newer.farewell());
        } catch (IOException e) {
          said.completeExceptionally(e);
        }
      });

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> connect(new Endpoint("127.0.0.1", socket.getLocalPort())))
          .withMessageContaining("version 2")
          .withMessageContaining("version 1");
      assertThat(said.get(10, java.util.concurrent.TimeUnit.SECONDS).detail())
          .contains("version 2", "version 1");
    }
  }

  private static byte[] helloInVersion(int version) {
    var bytes = RawPeer.bytes(RawPeer.hello(List.of()));
    bytes[9] = (byte) version;
    return bytes;
  }

  @Test
  void peerWhenItSaysHelloTwiceIsToldThatItCannot() throws Exception {
    try (var peer = RawPeer.greeted(listen(CALM))) {
      peer.send(RawPeer.hello(List.of()));

      assertThat(peer.farewell().detail()).contains("kind Hello cannot come now");
    }
    assertThat(server.frames).isEmpty();
  }

  @Test
  void peerWhenItSendsAFrameBeforeItsHelloIsRefused() throws Exception {
    try (var peer = RawPeer.connect(listen(CALM))) {
      peer.send(call(1, new byte[100]), RawPeer.hello(List.of()));

      assertThat(peer.farewell().detail()).contains("not those of a hello");
    }
    assertThat(server.frames).isEmpty();
  }

  @Test
  void callerWhenItsHelloIsLongerThanACallersEverIsIsRefused() throws Exception {
    try (var peer = RawPeer.connect(listen(CALM))) {
      peer.send(new byte[] {0, 0, 0x41, 0, 1, 'M', 'Y', 'L', 'N'});

      assertThat(peer.farewell().detail())
          .isEqualTo("A hello of 16,640 bytes was announced, but at most 16,384 are taken");
    }
  }

  @Test
  void brokenRuleWhenMoreFollowsIsToldOnce() throws Exception {
    try (var peer = RawPeer.greeted(listen(CALM))) {
      peer.send(new byte[] {0, 0, 0, 1, 99});
      for (int i = 0; i < 50; i++) {
        sendIfOpen(peer, new byte[] {0, 0, 0, 1, 99});
      }

      assertThat(peer.read()).isInstanceOf(Frame.Failure.class);
      peer.awaitEnd();
    }
    assertThat(server.closed).hasSize(1);
  }

  @Test
  void serverWhenTwoGigabytesAreAnnouncedAllocatesNothingForThem() throws Exception {
    try (var peer = RawPeer.greeted(listen(CALM))) {
      peer.send(new byte[] {0x7f, -1, -1, -1});

      assertThat(peer.farewell().detail()).contains("2,147,483,647 bytes was announced");
      assertThat(used()).isLessThanOrEqualTo(ALLOWED);
    }
  }

  @Test
  void serverWhenTheLongestFrameIsAnnouncedAllocatesNothingBeforeItsBytesCome() throws Exception {
    var endpoint = listen(CALM);
    try (var peer = RawPeer.greeted(endpoint)) {
      var ping = RawPeer.bytes(new Frame.Ping(1));
      var start = Arrays.copyOf(ping, ping.length + 6);
      ByteBuffer.wrap(start, ping.length, 6).putInt(MAX_FRAME).putShort((short) 0x0301);

      peer.send(start);

      assertThat(peer.read()).isEqualTo(new Frame.Pong(1));
      assertThat(used()).isLessThanOrEqualTo(ALLOWED);
      assertThat(server.closed).isEmpty();
    }
  }

  @Test
  void longFramesWhenManyPeersDribbleThemAreBoundedTogether() throws Exception {
    long limit = 2L * MAX_FRAME;
    var endpoint = listen(settings(CALM, 100, limit));
    var piece = new byte[1 << 20];
    var peers = new ArrayList<RawPeer>();
    for (int i = 0; i < 12; i++) {
      var peer = RawPeer.greeted(endpoint);
      peer.send(new byte[] {1, 0, 0, 0, 3, 1});
      peers.add(peer);
      for (int j = 0; j < 7; j++) {
        sendIfOpen(peer, piece);
      }
      // whole: of the connections, each one that comes to hold too much makes the oldest go
      assertThat(used()).isLessThan(2 * limit);
    }

    assertThat(peers.getFirst().farewell().detail()).contains("has taken longest");
    await().until(() -> transports.getFirst().unfinished() <= limit);
    try (var good = RawPeer.greeted(endpoint)) {
      good.send(call(7, new byte[8 << 20]));
      await().until(() -> server.frames.stream().anyMatch(Frame.Call.class::isInstance));
    }
    for (var peer : peers) {
      peer.close();
    }
    await().until(() -> transports.getFirst().unfinished() == 0);
  }

  private static void sendIfOpen(RawPeer peer, byte[] bytes) {
    try {
      peer.send(bytes);
    } catch (IOException _) {
      // it was closed to make room
    }
  }

  @Test
  void frameWhenItComesByteByByteAfterTheHelloEndsTheConnection() throws Exception {
    try (var slow = RawPeer.greeted(listen(SHORT))) {
      var frame = RawPeer.bytes(call(1, new byte[10_000]));
      var feeder =
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < frame.length; i++) {
              sendIfOpen(slow, new byte[] {frame[i]});
              java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
          });

      slow.awaitEnd();

      feeder.interrupt();
      assertThat(server.frames).isEmpty();
      await().until(() -> server.closed.size() == 1);
      assertThat(server.closed.peek()).contains("no answer to a ping");
    }
  }

  @Test
  void frameWhenItComesSlowlyButSteadilyIsTaken() throws Exception {
    try (var steady = RawPeer.greeted(listen(SHORT))) {
      var frame = RawPeer.bytes(call(1, new byte[1 << 20]));
      // for longer than three intervals
      for (int at = 0; at < frame.length; at += 6_000) {
        steady.send(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 6_000)));
        java.util.concurrent.locks.LockSupport.parkNanos(40_000_000);
      }

      await().until(() -> !server.frames.isEmpty());
    }
  }

  @Test
  void peerWhenItFloodsPingsAndReadsNoAnswerIsDisconnectedAndBounded() throws Exception {
    var endpoint = listen(SHORT);
    try (var flood = RawPeer.greeted(endpoint)) {
      var ping = RawPeer.bytes(new Frame.Ping(Long.MAX_VALUE));
      var pings = new byte[ping.length * 4096];
      for (int i = 0; i < 4096; i++) {
        System.arraycopy(ping, 0, pings, i * ping.length, ping.length);
      }
      long most = 0;
      try {
        for (int i = 0; i < 2_000; i++) {
          flood.send(pings);
          most = Math.max(most, used());
        }
      } catch (IOException _) {
        // disconnected
      }
      await().until(() -> server.closed.size() == 1);
      assertThat(most).isLessThan(16 << 20);
    }
  }

  @Test
  void connectionWhenTooManyHaveSaidHelloIsRefusedAndToldSo() throws Exception {
    var endpoint = listen(settings(CALM, 3, 2L * MAX_FRAME));
    try (var _ = RawPeer.greeted(endpoint);
        var _ = RawPeer.greeted(endpoint);
        var third = RawPeer.greeted(endpoint)) {
      try (var fourth = RawPeer.connect(endpoint)) {
        fourth.send(RawPeer.hello(List.of()));
        var refusal = fourth.farewell();
        assertThat(refusal.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
        assertThat(refusal.detail()).contains("'myelin.wire.max-connections'");
      }
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> connect(endpoint))
          .withMessageContaining("3 connections are open here already");

      third.leave();
      await().until(() -> transports.getFirst().accepted() == 2);
      RawPeer.greeted(endpoint).close();
    }
  }

  @Test
  void connectionWhenStrangersTakeAllPlacesGetsTheOldestOnes() throws Exception {
    var endpoint = listen(settings(CALM, 3, 2L * MAX_FRAME));
    try (var oldest = RawPeer.connect(endpoint)) {
      await().until(() -> transports.getFirst().accepted() == 1);
      try (var _ = RawPeer.connect(endpoint);
          var _ = RawPeer.connect(endpoint)) {
        await().until(() -> transports.getFirst().accepted() == 3);

        RawPeer.greeted(endpoint).close();

        oldest.awaitEnd();
      }
    }
  }

  @Test
  void helloWhenItDoesNotComeInTimeEndsTheConnection() throws Exception {
    try (var mute = RawPeer.connect(listen(SHORT))) {
      mute.awaitEnd();
    }
  }

  @Test
  void connectWhenServersHelloComesByteByByteSucceeds() throws Exception {
    try (var socket = new ServerSocket(0)) {
      var accepted = new java.util.concurrent.CompletableFuture<RawPeer>();
      Thread.startVirtualThread(() -> {
        try {
          var peer = new RawPeer(socket.accept());
          for (var each : RawPeer.bytes(RawPeer.hello(List.of()))) {
            peer.send(new byte[] {each});
          }
          accepted.complete(peer);
        } catch (IOException e) {
          accepted.completeExceptionally(e);
        }
      });

      assertThat(connect(new Endpoint("127.0.0.1", socket.getLocalPort())).peer().id())
          .isEqualTo(new InstanceId("raw"));
      accepted.get(10, java.util.concurrent.TimeUnit.SECONDS).close();
    }
  }

  @Test
  void connectWhenInterruptedLeavesNoConnectionBehind() throws Exception {
    try (var silent = new ServerSocket(0)) {
      var endpoint = new Endpoint("127.0.0.1", silent.getLocalPort());
      var transport = transport(settings(CALM, 10, 2L * MAX_FRAME));
      var interrupted = new java.util.concurrent.CompletableFuture<Boolean>();
      var caller =
          Thread.startVirtualThread(() -> {
            try {
              transport.connect(
                  endpoint, RawPeer.hello(List.of()), new Recorder(), Transport.Patience.of(CALM));
              interrupted.complete(false);
            } catch (InterruptedException _) {
              interrupted.complete(true);
            } catch (IOException e) {
              interrupted.completeExceptionally(e);
            }
          });
      try (var accepted = new RawPeer(silent.accept())) {
        assertThat(accepted.read()).isInstanceOf(Frame.Hello.class);

        caller.interrupt();

        assertThat(interrupted.get(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        accepted.awaitEnd();
      }
    }
  }

  @Test
  void connectionStormLeavesNothingBehind() throws Exception {
    var endpoint = listen(CALM);
    var hello = RawPeer.bytes(RawPeer.hello(List.of()));
    for (int i = 0; i < 3_000; i++) {
      try (var peer = RawPeer.connect(endpoint)) {
        peer.send(Arrays.copyOf(hello, i % (hello.length + 1)));
        if (i % 50 == 0) {
          peer.send(Arrays.copyOfRange(hello, i % (hello.length + 1), hello.length));
          assertThat(peer.read()).isInstanceOf(Frame.Hello.class);
          peer.send(Arrays.copyOf(RawPeer.bytes(call(i, new byte[9_000])), 8_000));
        }
      } catch (java.net.SocketException _) {
        // its end was there before its last bytes
      }
    }

    await().until(() -> transports.getFirst().accepted() == 0);
    await().until(() -> used() == 0);
    assertThat(transports.getFirst().unfinished()).isZero();
    assertThat(server.opened.get()).isGreaterThanOrEqualTo(60);
    await()
        .until(() -> {
          System.gc();
          return server.connections.stream().allMatch(each -> each.refersTo(null));
        });
  }

  @Test
  void closeWhenPeersAreInAllStagesEndsThemAll() throws Exception {
    var endpoint = listen(CALM);
    try (var mute = RawPeer.connect(endpoint);
        var greeted = RawPeer.greeted(endpoint);
        var halfway = RawPeer.greeted(endpoint)) {
      halfway.send(new byte[] {0, 0, 1, 0, 2, 1});

      transports.getFirst().close();

      mute.awaitEnd();
      greeted.awaitEnd();
      halfway.awaitEnd();
    }
    await().until(() -> used() == 0);
  }

  private Endpoint listen(Duration keepAlive) throws IOException {
    return listen(settings(keepAlive, 10_000, 8L * MAX_FRAME));
  }

  private Endpoint listen(TransportSettings settings) throws IOException {
    return transport(settings)
        .listen(new Endpoint("127.0.0.1", 0), () -> RawPeer.hello(List.of()), server);
  }

  private NettyTransport transport(TransportSettings settings) {
    var transport =
        new NettyTransport(settings, TransportSecurity.none(), Dialer.direct(), buffers);
    transports.add(transport);
    return transport;
  }

  private Connection connect(Endpoint endpoint) throws IOException, InterruptedException {
    return transport(settings(CALM, 10, 2L * MAX_FRAME))
        .connect(
            endpoint,
            RawPeer.hello(List.of()),
            new Recorder(),
            Transport.Patience.of(Duration.ofSeconds(10)));
  }

  private static TransportSettings settings(Duration keepAlive, int connections, long unfinished) {
    return new TransportSettings(MAX_FRAME, 64L << 20, 1, keepAlive, connections, unfinished);
  }

  private static Frame.Call call(long id, byte[] arguments) {
    return new Frame.Call(
        id, 0, 1, Duration.ofSeconds(9), ContextFields.EMPTY, Payload.of(arguments));
  }

  private long used() {
    return buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory();
  }

  private static final class Recorder implements FrameListener {

    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final Queue<String> closed = new ConcurrentLinkedQueue<>();
    private final Queue<WeakReference<Connection>> connections = new ConcurrentLinkedQueue<>();
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public void opened(Connection connection) {
      opened.incrementAndGet();
      connections.add(new WeakReference<>(connection));
    }

    @Override
    public void received(Connection from, Frame frame) {
      frames.add(frame);
    }

    @Override
    public void closed(Connection ended, String reason) {
      closed.add(reason);
    }
  }
}
