package dev.myelin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class CountingProxyTests {
  private static final int REQUEST_BYTES = 70_000;
  private static final int REPLY_BYTES = 3;

  @Test
  void countsWhenBytesPassEitherWayAreThoseReceived() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var proxy = CountingProxy.before(server.getLocalPort());
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        var served = server.accept()) {
      for (var round = 1; round <= 3; round++) {
        client.getOutputStream().write(new byte[REQUEST_BYTES]);
        assertThat(served.getInputStream().readNBytes(REQUEST_BYTES)).hasSize(REQUEST_BYTES);
        served.getOutputStream().write(new byte[REPLY_BYTES]);
        assertThat(client.getInputStream().readNBytes(REPLY_BYTES)).hasSize(REPLY_BYTES);

        assertThat(proxy.counts())
            .isEqualTo(
                new CountingProxy.Counts((long) round * REQUEST_BYTES, (long) round * REPLY_BYTES));
      }
    }
  }

  @Test
  void countsAddUpOverConnections() throws Exception {
    try (var server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        var proxy = CountingProxy.before(server.getLocalPort())) {
      for (var connection = 1; connection <= 2; connection++) {
        try (var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
            var served = server.accept()) {
          client.getOutputStream().write(1);
          assertThat(served.getInputStream().read()).isEqualTo(1);
          assertThat(proxy.counts().toServer()).isEqualTo(connection);
        }
      }
    }
  }

  @Test
  void connectionWhenOneSideClosesEndsForTheOther() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var proxy = CountingProxy.before(server.getLocalPort());
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      server.accept().close();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void closeCutsConnectionsAndFreesThePort() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var proxy = CountingProxy.before(server.getLocalPort());
      var port = proxy.port();
      try (var client = new Socket(InetAddress.getLoopbackAddress(), port);
          var served = server.accept()) {
        proxy.close();

        assertThat(served.getInputStream().read()).isEqualTo(-1);
        assertThat(client.isConnected()).isTrue();
      }
      // Not by a refused connection: a client whose own port is this one connects to itself
      try (var next = new ServerSocket(port, 0, InetAddress.getLoopbackAddress())) {
        assertThat(next.isBound()).isTrue();
      }
    }
  }

  @Test
  void minusIsTheDifferenceEachWay() {
    assertThat(new CountingProxy.Counts(10, 7).minus(new CountingProxy.Counts(4, 2)))
        .isEqualTo(new CountingProxy.Counts(6, 5));
  }
}
