package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server that accepts nobody, and who waits for it.
final class ConnectTimeoutTests implements FrameListener {

  private final NettyTransport transport =
      new NettyTransport(new TransportSettings(4096, 64 * 1024, 1, Duration.ofSeconds(30)));
  private final List<Socket> waiting = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    transport.close();
    for (var socket : waiting) {
      socket.close();
    }
  }

  @Override
  public void received(Connection connection, Frame frame) {}

  @Override
  public void closed(Connection connection, String reason) {}

  @Test
  void connectTimeoutIsNoShorterThanTheTimeThatIsGiven() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full);

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() ->
              transport.connect(
                  new Endpoint("127.0.0.1", full.getLocalPort()),
                  RawPeer.hello(List.of()),
                  this,
                  Transport.Patience.of(Duration.ofNanos(50_000_001))))
          .withMessageContaining("timed out after 51 ms");
    }
  }

  private void fill(ServerSocket server) throws IOException {
    try {
      while (true) {
        waiting.add(new Socket());
        waiting.getLast().connect(server.getLocalSocketAddress(), 500);
      }
    } catch (SocketTimeoutException _) {
      // the kernel takes no more
    }
  }
}
