package dev.myelin.faults;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A TCP proxy before a server on this machine, with faults that may be changed while it runs.
///
/// - [#faults]: delay, jitter, rate, slices and black hole, for each direction.
/// - [#cutAfter]: one cut, after an exact number of bytes; [#cutAll]: every connection, now.
/// - [#door]: whether new connections are served, left without an answer, or refused.
/// - [#counts]: bytes that have passed, content of TCP alone.
///
/// Without faults it passes everything as it comes, ends and resets of connections included. What
/// is drawn at random comes from the seed and the number of the connection. Thread-safe.
public final class FaultProxy implements AutoCloseable {

  private final int target;
  private final long seed;
  private final int port;
  private final Way toServer = new Way();
  private final Way toClient = new Way();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
  private volatile Door door = Door.OPEN;
  private volatile boolean closed;

  @GuardedBy("this")
  private @Nullable Listening listening;

  // keeps the port while connections are refused
  @GuardedBy("this")
  private @Nullable Socket reserved;

  /// What happens in one direction.
  private static final class Way {
    final AtomicLong passed = new AtomicLong();
    volatile Faults faults = Faults.NONE;
    volatile @Nullable Cut cut;
  }

  private record Listening(ServerSocket socket, Thread acceptor) {}

  /// Bytes that have passed so far.
  ///
  /// @param toServer those from clients
  /// @param toClient those from the server
  public record Counts(long toServer, long toClient) {

    /// Those that have passed since others were counted.
    public Counts minus(Counts earlier) {
      return new Counts(toServer - earlier.toServer, toClient - earlier.toClient);
    }
  }

  private FaultProxy(int target, long seed) throws IOException {
    this.target = target;
    this.seed = seed;
    var socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    this.port = socket.getLocalPort();
    this.listening = listen(socket);
  }

  /// Opens a proxy before a server on this machine.
  ///
  /// @param target port of the server
  /// @param seed of what is drawn at random
  public static FaultProxy before(int target, long seed) throws IOException {
    return new FaultProxy(target, seed);
  }

  /// Opens a proxy whose faults have nothing random.
  ///
  /// @param target port of the server
  public static FaultProxy before(int target) throws IOException {
    return before(target, 0);
  }

  /// Where it listens.
  public int port() {
    return port;
  }

  /// Bytes that have passed.
  public Counts counts() {
    return new Counts(toServer.passed.get(), toClient.passed.get());
  }

  /// Connections that were accepted so far.
  public int connections() {
    return connections.get();
  }

  /// Treats what comes from now on in that way; a black hole holds for what is under way, too.
  public synchronized void faults(Direction direction, Faults now) {
    way(direction).faults = now;
    notifyAll();
  }

  Faults faults(Direction direction) {
    return way(direction).faults;
  }

  private Way way(Direction direction) {
    return switch (direction) {
      case TO_SERVER -> toServer;
      case TO_CLIENT -> toClient;
    };
  }

  /// Cuts a connection once a number of bytes have passed from now on, by whichever connection.
  /// Replaces a cut of that direction that was not made.
  ///
  /// @return the cut, once made without effect any more
  public Cut cutAfter(Direction direction, long bytes, Ending ending) {
    var cut = new Cut(bytes, ending);
    way(direction).cut = cut;
    return cut;
  }

  /// Makes no cut any more that was asked for before.
  public void cutNoMore() {
    toServer.cut = null;
    toClient.cut = null;
  }

  /// Cuts all connections there are.
  public void cutAll(Ending ending) {
    open.forEach(connection -> connection.cut(ending));
  }

  /// Does that to those who connect from now on.
  public synchronized void door(Door now) throws IOException {
    door = now;
    var kept = reserved;
    if (now == Door.REFUSE && listening != null) {
      deafen();
      var keeping = new Socket();
      keeping.setReuseAddress(true);
      keeping.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      reserved = keeping;
    } else if (now != Door.REFUSE && kept != null) {
      reserved = null;
      kept.close();
      listening = listen(new ServerSocket(port, 0, InetAddress.getLoopbackAddress()));
    }
  }

  private Listening listen(ServerSocket socket) {
    var acceptor = Thread.ofVirtual().name("fault-proxy").unstarted(() -> accept(socket));
    acceptor.start();
    return new Listening(socket, acceptor);
  }

  @GuardedBy("this")
  private void deafen() {
    var current = listening;
    listening = null;
    if (current != null) {
      ProxiedConnection.close(current.socket());
      try {
        // the port is taken as long as the acceptor has not left accept
        current.acceptor().join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        connect(socket.accept());
      } catch (IOException gone) {
        // closed, or one side gave up: whoever called hears of it on its own connection
      }
    }
  }

  private void connect(Socket client) throws IOException {
    int number = connections.incrementAndGet();
    if (door == Door.SILENT) {
      silent.add(client);
      return;
    }
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException refused) {
      ProxiedConnection.close(client);
      throw refused;
    }
    var connection = new ProxiedConnection(this, client, server, seed + number);
    open.add(connection);
    connection.start();
    if (closed) {
      connection.stop();
    }
  }

  void forget(ProxiedConnection connection) {
    open.remove(connection);
  }

  void count(Direction direction, int bytes) {
    way(direction).passed.addAndGet(bytes);
  }

  /// What becomes of bytes that come now.
  ///
  /// @param pass how many may pass
  /// @param cut how to cut the connection after them, if so
  record Share(int pass, @Nullable Ending cut) {}

  Share share(Direction direction, int length) {
    var cut = way(direction).cut;
    if (cut == null) {
      return new Share(length, null);
    }
    var share = cut.share(length);
    return new Share(share.pass(), share.cut() ? cut.ending() : null);
  }

  synchronized void awaitPassable(Direction direction) throws InterruptedException {
    while (faults(direction).blackhole() && !closed) {
      wait();
    }
  }

  /// Cuts all connections and frees the port.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      deafen();
      if (reserved != null) {
        ProxiedConnection.close(reserved);
      }
      notifyAll();
    }
    silent.forEach(ProxiedConnection::close);
    open.forEach(ProxiedConnection::stop);
  }
}
