package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Status;
import dev.myelin.pki.TestAuthority;
import dev.myelin.pki.TestIdentity;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Payload;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Connections over TLS, and what is said when there are none.
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
final class TlsTransportTests {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MAX_FRAME = 8 << 20;
  private static final TestAuthority AUTHORITY = new TestAuthority("cluster");
  private static final TestAuthority STRANGERS = new TestAuthority("strangers");
  private static final TestIdentity PROCESS = AUTHORITY.issue("process");

  private final List<NettyTransport> transports = new ArrayList<>();
  private final Recorder server = new Recorder();
  private final Recorder client = new Recorder();

  @AfterEach
  void close() {
    transports.forEach(NettyTransport::close);
  }

  @Test
  void framesArriveInOrderHoweverLongTheyAreInBothDirections() throws Exception {
    var connection = connect(mutual(), listen(mutual()));
    var random = new Random(1);
    var sent = new ArrayList<Frame.Item>();
    for (int i = 1; i <= 40; i++) {
      var content = new byte[i % 10 == 0 ? 5 << 20 : i];
      random.nextBytes(content);
      sent.add(new Frame.Item(i, Payload.of(content)));
    }

    sent.forEach(connection::send);
    assertReceived(server, sent);
    sent.forEach(Objects.requireNonNull(server.connection)::send);
    assertReceived(client, sent);
  }

  private static void assertReceived(Recorder side, List<Frame.Item> sent)
      throws InterruptedException {
    for (var item : sent) {
      assertThat(side.frame())
          .isInstanceOfSatisfying(
              Frame.Item.class,
              found -> {
                assertThat(found.id()).isEqualTo(item.id());
                assertThat(content(found)).isEqualTo(content(item));
              });
    }
  }

  private static ByteBuffer content(Frame.Item item) {
    var value = item.value();
    return ByteBuffer.wrap(value.bytes(), value.offset(), value.length());
  }

  @Test
  void closeSendsWhatIsQueuedAndTellsBothSides() throws Exception {
    var connection = connect(mutual(), listen(mutual()));
    for (int i = 1; i <= 100; i++) {
      connection.send(new Frame.Item(i, Payload.of(new byte[1000])));
    }

    connection.close("enough");

    assertThat(client.closedBecause()).isEqualTo("enough");
    for (int i = 1; i <= 100; i++) {
      assertThat(server.frame()).isInstanceOf(Frame.Item.class);
    }
    assertThat(server.closedBecause()).isEqualTo("enough");
    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> connection.send(new Frame.Drain()))
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.UNAVAILABLE));
  }

  @Test
  void connectionWhenIdleIsKeptAliveByPings() throws Exception {
    var often = Duration.ofSeconds(2);
    var connection =
        connect(transport(mutual(), often), listen(transport(mutual(), Duration.ofSeconds(30))));

    // without answers it would be given up at the end of the third interval
    assertThat(client.closed.poll(7, TimeUnit.SECONDS)).isNull();
    assertThat(connection.open()).isTrue();
  }

  @Test
  void peerWhenItReadsTooSlowlyIsRefusedMoreAndGetsTheRestInTheEnd() throws Exception {
    var gate = new CountDownLatch(1);
    server.gate = gate;
    var connection = connect(mutual(), listen(mutual()));
    int sent = 0;
    CallException refusal = null;
    while (refusal == null) {
      try {
        connection.send(new Frame.Item(1, Payload.of(new byte[1 << 20])));
        sent++;
      } catch (CallException e) {
        refusal = e;
      }
    }
    assertThat(refusal.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);

    gate.countDown();

    for (int i = 0; i < sent; i++) {
      assertThat(server.frame()).isInstanceOf(Frame.Item.class);
    }
  }

  @Test
  void materialWhenRenewedCountsForNewConnectionsAndLeavesTheOldOnes() throws Exception {
    var next = new TestAuthority("next");
    var security = mutual();
    var endpoint = listen(security);
    var old = connect(mutual(), endpoint);

    security.renew(next.issue("server").trusting(next));

    var renewed =
        TransportSecurity.tls(
            next.issue("client").trusting(next), ClientAuthentication.NEED, false);
    connect(renewed, endpoint).send(new Frame.Cancel(2));
    assertThat(server.frame()).isEqualTo(new Frame.Cancel(2));
    old.send(new Frame.Cancel(1));
    assertThat(server.frame()).isEqualTo(new Frame.Cancel(1));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(mutual(), endpoint))
        .withMessageContaining("nobody whom this process trusts");
  }

  @Test
  void plainCallerIsToldThatOnlyTlsIsTaken(CapturedOutput output) throws Exception {
    var endpoint = listen(mutual());

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(TransportSecurity.none(), endpoint))
        .withMessageContaining(endpoint.toString())
        .withMessageContaining("taken over TLS only", "'myelin.ssl.bundle'");
    assertThat(warnings(output)).singleElement().asString().contains("does not speak TLS");
  }

  @Test
  void tlsCallerOfAPlainServerIsToldThatItSpeaksNoTls(CapturedOutput output) throws Exception {
    var endpoint = listen(TransportSecurity.none());

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(mutual(), endpoint))
        .withMessageContaining(endpoint.toString())
        .withMessageContaining("the server does not speak TLS")
        .withMessageContaining("'myelin.ssl.enabled=false'");
    assertThat(warnings(output)).singleElement().asString().contains("The peer speaks TLS");
  }

  @Test
  void serverWhenItsCertificateHasExpiredIsRefused(CapturedOutput output) throws Exception {
    var endpoint = listen(security(AUTHORITY.issueExpired("old").trusting(AUTHORITY)));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(mutual(), endpoint))
        .withMessageContaining(endpoint.toString())
        .withMessageContaining("a certificate that the server shows has expired")
        .withMessageContaining("renew it");
    assertThat(warning(output))
        .contains("the caller refused the certificate of this process", "alert '");
  }

  @Test
  void serverWhenItsAuthorityIsUnknownIsRefused(CapturedOutput output) throws Exception {
    var endpoint = listen(security(STRANGERS.issue("stranger").trusting(AUTHORITY)));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(mutual(), endpoint))
        .withMessageContaining("the server's certificate is from nobody whom this process trusts")
        .withMessageContaining("'myelin.ssl.bundle'");
    assertThat(warning(output)).contains("the caller refused the certificate of this process");
  }

  @Test
  void callerWhenItsCertificateHasExpiredIsRefused(CapturedOutput output) throws Exception {
    var endpoint = listen(mutual());
    var expired = security(AUTHORITY.issueExpired("old").trusting(AUTHORITY));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(expired, endpoint))
        .withMessageContaining("the server refused the certificate of this process");
    assertThat(warning(output)).contains("a certificate that the caller shows has expired");
  }

  @Test
  void callerWhenItHasNoCertificateIsRefused(CapturedOutput output) throws Exception {
    var endpoint = listen(mutual());

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(security(TestIdentity.anonymous(AUTHORITY)), endpoint))
        .withMessageContaining("the server refused the certificate of this process, or the lack");
    assertThat(warning(output))
        .contains("the caller shows no certificate that this process could trust")
        .contains("'myelin.ssl.client-auth'");
  }

  @Test
  void callerWithoutCertificateIsTakenWhereNoneIsDemanded() throws Exception {
    for (var demanded : List.of(ClientAuthentication.NONE, ClientAuthentication.WANT)) {
      var endpoint = listen(TransportSecurity.tls(PROCESS.trusting(AUTHORITY), demanded, false));

      connect(security(TestIdentity.anonymous(AUTHORITY)), endpoint).send(new Frame.Drain());

      assertThat(server.frame()).isEqualTo(new Frame.Drain());
    }
  }

  @Test
  void hostNameWhenVerifiedMustStandInTheCertificate() throws Exception {
    var verifying =
        TransportSecurity.tls(PROCESS.trusting(AUTHORITY), ClientAuthentication.NEED, true);
    var named = security(AUTHORITY.issue("named", "127.0.0.1").trusting(AUTHORITY));

    connect(verifying, listen(named)).send(new Frame.Drain());

    assertThat(server.frame()).isEqualTo(new Frame.Drain());
    var nameless = listen(mutual());
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> connect(verifying, nameless))
        .withMessageContaining("does not name the address", "127.0.0.1")
        .withMessageContaining("'myelin.ssl.verify-hostname=false'");
  }

  @Test
  void callerThatNeverEndsItsHandshakeIsGivenUp(CapturedOutput output) throws Exception {
    var endpoint = listen(transport(mutual(), Duration.ofSeconds(2)));

    try (var slow = new Socket(endpoint.host(), endpoint.port())) {
      slow.getOutputStream().write(new byte[] {0x16, 3, 1, 1, 0});
      slow.setSoTimeout((int) LIMIT.toMillis());

      while (slow.getInputStream().read() >= 0) {
        // an alert may come first
      }
    }
    assertThat(warning(output)).contains("the caller did not end its handshake in time");
  }

  @Test
  void serverThatNeverEndsItsHandshakeIsGivenUp() throws Exception {
    try (var mute = new ServerSocket(0)) {
      var endpoint = new Endpoint("127.0.0.1", mute.getLocalPort());

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() ->
              transport(mutual(), LIMIT)
                  .connect(
                      endpoint,
                      hello("client"),
                      client,
                      Transport.Patience.of(Duration.ofMillis(200))))
          .withMessageContaining("No end of the TLS handshake")
          .withMessageContaining(endpoint.toString());
    }
  }

  @Test
  void materialWhenItCannotBeUsedIsRefusedAndTheOldOneStays() throws Exception {
    var security = mutual();
    var good = PROCESS.trusting(AUTHORITY);
    var bad = new TlsMaterial(good.keys(), good.trust(), List.of("TLSv9"), List.of());

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> security.renew(bad))
        .withMessageContaining("TLSv9");
    connect(mutual(), listen(security)).send(new Frame.Drain());
    assertThat(server.frame()).isEqualTo(new Frame.Drain());
  }

  private static TransportSecurity mutual() {
    return security(PROCESS.trusting(AUTHORITY));
  }

  private static TransportSecurity security(TlsMaterial material) {
    return TransportSecurity.tls(material, ClientAuthentication.NEED, false);
  }

  private NettyTransport transport(TransportSecurity security, Duration keepAlive) {
    var transport =
        new NettyTransport(
            new TransportSettings(MAX_FRAME, 4L * MAX_FRAME, 1, keepAlive), security);
    transports.add(transport);
    return transport;
  }

  private Endpoint listen(TransportSecurity security) throws IOException {
    return listen(transport(security, Duration.ofSeconds(30)));
  }

  private Endpoint listen(NettyTransport transport) throws IOException {
    return transport.listen(new Endpoint("127.0.0.1", 0), () -> hello("server"), server);
  }

  private Connection connect(TransportSecurity security, Endpoint endpoint)
      throws IOException, InterruptedException {
    return connect(transport(security, Duration.ofSeconds(30)), endpoint);
  }

  private Connection connect(NettyTransport transport, Endpoint endpoint)
      throws IOException, InterruptedException {
    return transport.connect(endpoint, hello("client"), client, Transport.Patience.of(LIMIT));
  }

  private static Frame.Hello hello(String id) {
    return new Frame.Hello(Frame.Hello.VERSION, new InstanceId(id), "b1", MAX_FRAME, List.of());
  }

  private static List<String> warnings(CapturedOutput output) {
    return output.getAll().lines().filter(line -> line.contains("WARN")).toList();
  }

  /// The one line that the server logs; it may come after the caller knows.
  private static String warning(CapturedOutput output) throws InterruptedException {
    var end = System.nanoTime() + LIMIT.toNanos();
    while (warnings(output).isEmpty() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(warnings(output)).hasSize(1);
    return warnings(output).getFirst();
  }

  private static final class Recorder implements FrameListener {

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private volatile @Nullable Connection connection;
    private volatile @Nullable CountDownLatch gate;

    Frame frame() throws InterruptedException {
      return Objects.requireNonNull(frames.poll(10, TimeUnit.SECONDS), "no frame within 10 s");
    }

    String closedBecause() throws InterruptedException {
      return Objects.requireNonNull(closed.poll(10, TimeUnit.SECONDS), "not closed within 10 s");
    }

    @Override
    public void received(Connection from, Frame frame) {
      connection = from;
      var waited = gate;
      if (waited != null) {
        try {
          waited.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      frames.add(frame);
    }

    @Override
    public void closed(Connection ended, String reason) {
      closed.add(reason);
    }
  }
}
