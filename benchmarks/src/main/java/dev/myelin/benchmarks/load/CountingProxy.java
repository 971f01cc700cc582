package dev.myelin.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A TCP proxy on the loopback interface that counts the bytes it passes on, each way, over all its
/// connections.
///
/// Bytes are counted before they are passed on, so whoever has received some finds them counted.
/// What counts is the content of TCP, without its headers.
final class CountingProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1_024;

  private final AtomicLong toServer = new AtomicLong();
  private final AtomicLong toClient = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket listening;
  private final int target;
  private final Thread acceptor;
  private volatile boolean closed;

  /// What has passed so far.
  ///
  /// @param toServer bytes from clients
  /// @param toClient bytes from the server
  record Counts(long toServer, long toClient) {

    Counts minus(Counts earlier) {
      return new Counts(toServer - earlier.toServer, toClient - earlier.toClient);
    }
  }

  private CountingProxy(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
    acceptor = Thread.ofVirtual().name("counting-proxy").unstarted(this::accept);
  }

  /// Opens a proxy before a server on this machine.
  static CountingProxy before(int target) throws IOException {
    var proxy = new CountingProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target);
    proxy.acceptor.start();
    return proxy;
  }

  int port() {
    return listening.getLocalPort();
  }

  Counts counts() {
    return new Counts(toServer.get(), toClient.get());
  }

  /// Cuts all connections and frees the port.
  @Override
  public void close() {
    closed = true;
    close(listening);
    try {
      // The port is taken as long as the acceptor has not left accept
      acceptor.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    open.forEach(CountingProxy::close);
  }

  private void accept() {
    while (!closed) {
      try {
        connect(listening.accept());
      } catch (IOException _) {
        // closed, or a client that gave up: whoever called hears of it on its own connection
      }
    }
  }

  private void connect(Socket client) throws IOException {
    open.add(client);
    try {
      var server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      pass(client, server);
    } catch (IOException refused) {
      close(client);
      open.remove(client);
      throw refused;
    }
  }

  private void pass(Socket client, Socket server) throws IOException {
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException closedMeanwhile) {
      close(server);
      open.remove(server);
      throw closedMeanwhile;
    }
    Thread.ofVirtual().start(() -> pass(client, server, toServer));
    Thread.ofVirtual().start(() -> pass(server, client, toClient));
    if (closed) {
      close(client);
      close(server);
    }
  }

  private void pass(Socket from, Socket to, AtomicLong count) {
    var buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        count.addAndGet(length);
        out.write(buffer, 0, length);
      }
    } catch (IOException _) {
      // one side has gone; both are closed
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone either way
    }
  }
}
