package dev.myelin.benchmarks.membership;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The floor: another process writes as many bytes to as many sockets, one after the other, and one
/// thread here reads them.
public final class RawFanOut implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Selector selector = Selector.open();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final Arrivals arrivals;
  private final int bytes;

  /// Serves one set of clients: says its port, then answers each byte of the first connection with
  /// some to all.
  ///
  /// @param clients connections to wait for
  /// @param bytes to each of them
  /// @param out where the port is said
  public static void serve(int clients, int bytes, PrintStream out) throws IOException {
    try (var server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), clients);
      out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
      var channels = new ArrayList<SocketChannel>();
      while (channels.size() < clients) {
        channels.add(server.accept());
      }
      var wanted = ByteBuffer.allocate(1);
      var message = ByteBuffer.allocateDirect(bytes);
      while (channels.getFirst().read(wanted.clear()) > 0) {
        for (var channel : channels) {
          channel.write(message.clear());
        }
      }
    }
  }

  /// Connects the clients.
  ///
  /// @param port of the other process
  /// @param clients how many
  /// @param bytes that each gets
  public static RawFanOut connect(int port, int clients, int bytes) throws IOException {
    return new RawFanOut(port, clients, bytes);
  }

  private RawFanOut(int port, int clients, int bytes) throws IOException {
    this.arrivals = new Arrivals(clients);
    this.bytes = bytes;
    for (int i = 0; i < clients; i++) {
      var channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.configureBlocking(false);
      var _ = channel.register(selector, SelectionKey.OP_READ, i);
      channels.add(channel);
    }
  }

  /// Makes one round.
  ///
  /// @return times in milliseconds, sorted
  double[] round() throws IOException, InterruptedException {
    arrivals.begin();
    var received = new int[channels.size()];
    var buffer = ByteBuffer.allocateDirect(bytes);
    int left = channels.size();
    channels.getFirst().write(ByteBuffer.allocate(1));
    while (left > 0 && selector.select(LIMIT.toMillis()) > 0) {
      for (var key : selector.selectedKeys()) {
        int client = (Integer) key.attachment();
        received[client] += Math.max(0, ((SocketChannel) key.channel()).read(buffer.clear()));
        if (received[client] == bytes) {
          arrivals.at(client);
          left--;
        }
      }
      selector.selectedKeys().clear();
    }
    return arrivals.await(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    for (var channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
