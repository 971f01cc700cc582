package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NettyTransportTests {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

  private final NettyTransport transport =
      new NettyTransport(new TransportSettings(4096, 64 * 1024, 1, Duration.ofSeconds(30)));
  private final Recorder server = new Recorder();
  private final Recorder client = new Recorder();

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void framesArriveInTheOrderInWhichTheyWereSent() throws Exception {
    var connection = connect(listen());

    for (int i = 1; i <= 1_000; i++) {
      connection.send(new Frame.Cancel(i));
    }

    for (int i = 1; i <= 1_000; i++) {
      assertThat(server.frame()).isEqualTo(new Frame.Cancel(i));
    }
  }

  @Test
  void bothSidesKnowWhatTheOtherSaidOfItself() throws Exception {
    var connection = connect(listen());

    assertThat(connection.peer().id()).isEqualTo(new InstanceId("server"));
    connection.send(new Frame.Drain());
    assertThat(server.frame()).isEqualTo(new Frame.Drain());
    assertThat(Objects.requireNonNull(server.connection).peer().id())
        .isEqualTo(new InstanceId("client"));
  }

  @Test
  void sendWhenFrameIsLongerThanThePeerTakesIsRefused() throws Exception {
    var connection = connect(listen());

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> connection.send(new Frame.Item(1, Payload.of(new byte[5000]))))
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARGUMENT))
        .satisfies(e -> assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN))
        .withMessageContaining("myelin.wire.max-frame-size");
  }

  @Test
  void sendWhenConnectionIsClosedIsRefused() throws Exception {
    var connection = connect(listen());
    connection.close("enough");
    assertThat(client.closed.poll(10, TimeUnit.SECONDS)).isEqualTo("enough");

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> connection.send(new Frame.Drain()))
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.UNAVAILABLE));
  }

  @Test
  void sendWhenPeerReadsTooSlowlyIsRefusedInsteadOfKeptForEver() throws Exception {
    try (var deaf = new ServerSocket(0)) {
      var accepted = new LinkedBlockingQueue<Socket>();
      Thread.startVirtualThread(() -> {
        try {
          var socket = deaf.accept();
          socket.setReceiveBufferSize(1024);
          socket.getOutputStream().write(hello());
          socket.getOutputStream().flush();
          accepted.add(socket);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      var connection = connect(new Endpoint("127.0.0.1", deaf.getLocalPort()));

      assertThatExceptionOfType(CallException.class)
          .isThrownBy(() -> {
            for (int i = 0; i < 100_000; i++) {
              connection.send(new Frame.Item(1, Payload.of(new byte[4000])));
            }
          })
          .satisfies(e -> assertThat(e.status()).isEqualTo(Status.RESOURCE_EXHAUSTED))
          .withMessageContaining("reads too slowly");
      Objects.requireNonNull(accepted.poll(10, TimeUnit.SECONDS)).close();
    }
  }

  @Test
  void connectWhenNobodyListensFailsAndNamesTheEndpoint() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(new Endpoint("127.0.0.1", port)))
        .withMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void connectWhenPeerNeverSpeaksFailsInTime() throws Exception {
    try (var silent = new ServerSocket(0)) {
      var endpoint = new Endpoint("127.0.0.1", silent.getLocalPort());

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() ->
              transport.connect(
                  endpoint, hello("client"), client, Transport.Patience.of(Duration.ofMillis(200))))
          .withMessageContaining("No hello from " + endpoint);
    }
  }

  @Test
  void serverWhenPeerSpeaksHttpClosesWithoutAllocating() throws Exception {
    var endpoint = listen();

    try (var stranger = new Socket(endpoint.host(), endpoint.port())) {
      stranger
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      stranger.setSoTimeout((int) LIMIT.toMillis());
      var answer = stranger.getInputStream().readAllBytes();

      assertThat(new String(answer, StandardCharsets.ISO_8859_1))
          .contains("does not speak Myelin's protocol");
    }
  }

  @Test
  void serverWhenPeerAnnouncesTwoGigabytesClosesAtOnce() throws Exception {
    var endpoint = listen();

    try (var hostile = new Socket(endpoint.host(), endpoint.port())) {
      hostile.getOutputStream().write(hello());
      hostile.getOutputStream().write(new byte[] {0x7f, -1, -1, -1, 2});
      hostile.setSoTimeout((int) LIMIT.toMillis());
      var answer = hostile.getInputStream().readAllBytes();

      assertThat(new String(answer, StandardCharsets.ISO_8859_1))
          .contains("2,147,483,647 bytes was announced");
    }
  }

  @Test
  void connectWhenPeerSpeaksAnotherVersionSaysBoth() throws Exception {
    var endpoint = listen();

    try (var newer = new Socket(endpoint.host(), endpoint.port())) {
      var bytes = hello();
      bytes[9] = 9;
      newer.getOutputStream().write(bytes);
      newer.setSoTimeout((int) LIMIT.toMillis());
      var answer = newer.getInputStream().readAllBytes();

      assertThat(new String(answer, StandardCharsets.ISO_8859_1))
          .contains("version 9", "version 1");
    }
  }

  @Test
  void connectionWhenPeerIsSilentIsPingedAndThenGivenUp() throws Exception {
    try (var impatient =
            new NettyTransport(new TransportSettings(4096, 64 * 1024, 1, Duration.ofSeconds(2)));
        var mute = new ServerSocket(0)) {
      Thread.startVirtualThread(() -> {
        try {
          var socket = mute.accept();
          socket.getOutputStream().write(hello());
          socket.getOutputStream().flush();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      impatient.connect(
          new Endpoint("127.0.0.1", mute.getLocalPort()),
          hello("client"),
          client,
          Transport.Patience.of(LIMIT));

      assertThat(client.closed.poll(30, TimeUnit.SECONDS)).contains("no answer to a ping");
    }
  }

  @Test
  void peerThatIsConnectedMayTakeLongerForItsHello() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> {
        try {
          var socket = busy.accept();
          // longer than the connect may take
          TimeUnit.MILLISECONDS.sleep(600);
          socket.getOutputStream().write(hello());
          socket.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });

      var connection =
          transport.connect(
              new Endpoint("127.0.0.1", busy.getLocalPort()),
              hello("client"),
              client,
              new Transport.Patience(Duration.ofMillis(200), LIMIT));

      assertThat(connection.open()).isTrue();
    }
  }

  @Test
  void closeOfATransportSendsFirstWhatIsQueued() throws Exception {
    int frames = 50;
    var ending =
        new NettyTransport(new TransportSettings(1 << 20, 256L << 20, 1, Duration.ofSeconds(30)));
    var hello =
        new Frame.Hello(Frame.Hello.VERSION, new InstanceId("large"), "b1", 1 << 20, List.of());
    var endpoint = ending.listen(ANY_PORT, () -> hello, server);
    try (var taking =
        new NettyTransport(new TransportSettings(1 << 20, 1 << 20, 1, Duration.ofSeconds(30)))) {
      var connection = taking.connect(endpoint, hello, client, Transport.Patience.of(LIMIT));
      connection.send(new Frame.Cancel(1));
      var _ = server.frame();
      for (int i = 0; i < frames; i++) {
        Objects.requireNonNull(server.connection)
            .send(new Frame.Item(1, Payload.of(new byte[500_000])));
      }

      ending.close();

      for (int i = 0; i < frames; i++) {
        assertThat(client.frame()).isInstanceOf(Frame.Item.class);
      }
    }
  }

  @Test
  void framesThatNeverLeftAreReportedBeforeTheEndOfTheConnection() throws Exception {
    try (var deaf = new ServerSocket(0)) {
      var accepted = new LinkedBlockingQueue<Socket>();
      Thread.startVirtualThread(() -> {
        try {
          var socket = deaf.accept();
          socket.setReceiveBufferSize(1024);
          socket.getOutputStream().write(hello());
          socket.getOutputStream().flush();
          accepted.add(socket);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      var connection = connect(new Endpoint("127.0.0.1", deaf.getLocalPort()));
      int sent = 0;
      // full for good, not only while the event loop is on its way
      for (int refusals = 0; refusals < 2_000; ) {
        try {
          connection.send(new Frame.Item(sent, Payload.of(new byte[4000])));
          sent++;
          refusals = 0;
        } catch (CallException full) {
          assertThat(full.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
          refusals++;
          LockSupport.parkNanos(1_000_000);
        }
      }

      Objects.requireNonNull(accepted.poll(10, TimeUnit.SECONDS)).close();

      assertThat(client.closed.poll(10, TimeUnit.SECONDS)).isNotNull();
      // the last ones, in their order, as many as a queue of 64 KiB holds
      assertThat(client.unsent).hasSizeBetween(1, 16);
      assertThat(client.unsent.stream().map(frame -> ((Frame.Item) frame).id()).toList())
          .isSorted()
          .endsWith(sent - 1L);
    }
  }

  private Endpoint listen() throws IOException {
    return transport.listen(ANY_PORT, () -> hello("server"), server);
  }

  private Connection connect(Endpoint endpoint) throws IOException, InterruptedException {
    return transport.connect(endpoint, hello("client"), client, Transport.Patience.of(LIMIT));
  }

  private static Frame.Hello hello(String id) {
    return new Frame.Hello(Frame.Hello.VERSION, new InstanceId(id), "b1", 4096, List.of());
  }

  private static byte[] hello() {
    var out = io.netty.buffer.Unpooled.buffer();
    FrameFormat.write(hello("raw"), out);
    return io.netty.buffer.ByteBufUtil.getBytes(out);
  }

  private static final class Recorder implements FrameListener {

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Frame> unsent = new LinkedBlockingQueue<>();
    private volatile @org.jspecify.annotations.Nullable Connection connection;

    Frame frame() throws InterruptedException {
      return Objects.requireNonNull(frames.poll(10, TimeUnit.SECONDS), "no frame within 10 s");
    }

    @Override
    public void received(Connection from, Frame frame) {
      connection = from;
      frames.add(frame);
    }

    @Override
    public void unsent(Connection from, Frame frame) {
      unsent.add(frame);
    }

    @Override
    public void closed(Connection ended, String reason) {
      closed.add(reason);
    }
  }
}
