package dev.myelin.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class FaultProxyTests {

  private static final int LONG = 70_000;
  private static final int MOMENT_MILLIS = 50;

  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    proxy = FaultProxy.before(server.getLocalPort(), 7);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  private record Ends(Socket client, Socket served) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      client.close();
      served.close();
    }

    void toServer(int bytes) throws IOException {
      client.getOutputStream().write(new byte[bytes]);
    }

    int readByServer(int atMost) throws IOException {
      return served.getInputStream().readNBytes(atMost).length;
    }

    Socket receiving(Direction direction) {
      return direction == Direction.TO_SERVER ? served : client;
    }

    Socket sending(Direction direction) {
      return direction == Direction.TO_SERVER ? client : served;
    }
  }

  private Ends connect() throws IOException {
    return new Ends(new Socket(InetAddress.getLoopbackAddress(), proxy.port()), server.accept());
  }

  @Test
  void countsAreThoseOfTheBytesReceivedEachWayOverAllConnections() throws Exception {
    try (var one = connect();
        var other = connect()) {
      one.toServer(LONG);
      assertThat(one.readByServer(LONG)).isEqualTo(LONG);
      var before = proxy.counts();
      other.toServer(3);
      assertThat(other.readByServer(3)).isEqualTo(3);
      other.served().getOutputStream().write(new byte[2]);
      assertThat(other.client().getInputStream().readNBytes(2)).hasSize(2);

      assertThat(proxy.counts()).isEqualTo(new FaultProxy.Counts(LONG + 3, 2));
      assertThat(proxy.counts().minus(before)).isEqualTo(new FaultProxy.Counts(3, 2));
      assertThat(proxy.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endOfOneSideIsThatOfTheOther(Direction direction) throws Exception {
    try (var ends = connect()) {
      ends.sending(direction).getOutputStream().write(new byte[LONG]);
      ends.sending(direction).shutdownOutput();

      assertThat(ends.receiving(direction).getInputStream().readAllBytes()).hasSize(LONG);
    }
  }

  @Test
  void resetOfOneSideIsThatOfTheOther() throws Exception {
    try (var ends = connect()) {
      ends.client().setSoLinger(true, 0);
      ends.client().close();

      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> ends.served().getInputStream().read());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, LONG - 1, LONG})
  void cutAfterBytesLetsExactlyThesePass(int bytes) throws Exception {
    for (var direction : Direction.values()) {
      try (var ends = connect()) {
        var before = proxy.counts();
        var cut = proxy.cutAfter(direction, bytes, Ending.FIN);
        ends.sending(direction).getOutputStream().write(new byte[LONG]);

        assertThat(ends.receiving(direction).getInputStream().readAllBytes()).hasSize(bytes);
        assertThat(ends.sending(direction).getInputStream().read()).isEqualTo(-1);
        assertThat(cut.made()).isTrue();
        var passed = proxy.counts().minus(before);
        assertThat(passed.toServer() + passed.toClient()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void cutIsMadeOnce() throws Exception {
    var cut = proxy.cutAfter(Direction.TO_SERVER, 2, Ending.FIN);
    try (var ends = connect()) {
      ends.toServer(3);
      assertThat(ends.readByServer(3)).isEqualTo(2);
    }

    try (var ends = connect()) {
      ends.toServer(3);
      assertThat(ends.readByServer(3)).isEqualTo(3);
    }
    assertThat(cut.made()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void resetReachesBothSides(Direction direction) throws Exception {
    try (var ends = connect()) {
      proxy.cutAfter(direction, 0, Ending.RST);
      ends.sending(direction).getOutputStream().write(1);

      for (var socket : new Socket[] {ends.client(), ends.served()}) {
        assertThatExceptionOfType(SocketException.class)
            .isThrownBy(() -> socket.getInputStream().read());
      }
    }
  }

  @Test
  void cutAllCutsWhatIsOpen() throws Exception {
    try (var ends = connect()) {
      // whoever has passed something is connected
      ends.toServer(1);
      assertThat(ends.readByServer(1)).isEqualTo(1);
      proxy.cutAll(Ending.FIN);

      assertThat(ends.client().getInputStream().read()).isEqualTo(-1);
      assertThat(ends.served().getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void blackholeHoldsBytesAndEndsUntilItIsOver() throws Exception {
    try (var ends = connect()) {
      proxy.faults(Direction.TO_SERVER, Faults.NONE.withBlackhole(true));
      ends.toServer(3);
      ends.client().shutdownOutput();
      ends.served().setSoTimeout(MOMENT_MILLIS);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> ends.served().getInputStream().read());
      assertThat(proxy.counts().toServer()).isZero();
      ends.served().setSoTimeout(0);

      proxy.faults(Direction.TO_SERVER, Faults.NONE);

      assertThat(ends.served().getInputStream().readAllBytes()).hasSize(3);
    }
  }

  @Test
  void delayedBytesTakeTheirTimeAndKeepTheirOrder() throws Exception {
    var delay = Duration.ofMillis(20);
    proxy.faults(Direction.TO_SERVER, Faults.NONE.withDelay(delay, delay));
    try (var ends = connect()) {
      long begin = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        ends.client().getOutputStream().write(i);
      }

      for (int i = 0; i < 50; i++) {
        assertThat(ends.served().getInputStream().read()).isEqualTo(i);
      }
      // not before; how much later is the machine's business
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(delay.toNanos());
    }
  }

  @Test
  void rateBoundsWhatPassesInASecond() throws Exception {
    proxy.faults(Direction.TO_SERVER, Faults.NONE.withRate(100_000));
    try (var ends = connect()) {
      long begin = System.nanoTime();
      ends.toServer(10_000);

      assertThat(ends.readByServer(10_000)).isEqualTo(10_000);
      // the first hundredth of a second's worth passes at once
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(Duration.ofMillis(90).toNanos());
    }
  }

  @Test
  void doorWhenSilentAcceptsAndSaysNothing() throws Exception {
    proxy.door(Door.SILENT);
    try (var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      client.getOutputStream().write(1);
      client.setSoTimeout(MOMENT_MILLIS);

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> client.getInputStream().read());
      assertThat(proxy.counts()).isEqualTo(new FaultProxy.Counts(0, 0));
    }
  }

  @Test
  void doorWhenItRefusesMayBeOpenedAgainAndLeavesWhatIsOpen() throws Exception {
    try (var before = connect()) {
      before.toServer(1);
      assertThat(before.readByServer(1)).isEqualTo(1);
      for (int i = 0; i < 3; i++) {
        proxy.door(Door.REFUSE);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect().close());

        proxy.door(Door.OPEN);
        try (var ends = connect()) {
          ends.toServer(1);
          assertThat(ends.readByServer(1)).isEqualTo(1);
        }
      }
      before.toServer(1);
      assertThat(before.readByServer(1)).isEqualTo(1);
    }
  }

  @Test
  void closeCutsConnectionsAndFreesThePort() throws Exception {
    try (var ends = connect()) {
      ends.toServer(1);
      assertThat(ends.readByServer(1)).isEqualTo(1);
      proxy.close();

      assertThat(isCut(ends.served().getInputStream())).isTrue();
      // not by a refused connection: a client whose own port is this one connects to itself
      try (var next = new ServerSocket(proxy.port(), 0, InetAddress.getLoopbackAddress())) {
        assertThat(next.isBound()).isTrue();
      }
    }
  }

  // Whoever is closed first ends the other, which may meet a connection that is being closed: it is
  // then reset
  private static boolean isCut(InputStream stream) throws IOException {
    try {
      return stream.read() == -1;
    } catch (SocketException _) {
      return true;
    }
  }

  @Test
  void faultsThatAreNegativeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withSlice(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> proxy.cutAfter(Direction.TO_CLIENT, -1, Ending.FIN));
  }
}
