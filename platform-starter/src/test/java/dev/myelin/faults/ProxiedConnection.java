package dev.myelin.faults;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A connection through a proxy: two sockets, and a [Lane] each way. Thread-safe.
final class ProxiedConnection {

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket server;
  private final List<Lane> lanes;
  private volatile boolean severed;

  @GuardedBy("this")
  private final Set<Direction> ended = EnumSet.noneOf(Direction.class);

  private volatile List<Thread> threads = List.of();

  ProxiedConnection(FaultProxy proxy, Socket client, Socket server, long seed) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
    this.lanes =
        List.of(
            new Lane(this, Direction.TO_SERVER, client, server, new Random(seed)),
            new Lane(this, Direction.TO_CLIENT, server, client, new Random(~seed)));
  }

  FaultProxy proxy() {
    return proxy;
  }

  void start() {
    threads =
        lanes.stream()
            .flatMap(lane ->
                List.of(
                    Thread.ofVirtual().unstarted(lane::read),
                    Thread.ofVirtual().unstarted(lane::write))
                    .stream())
            .toList();
    threads.forEach(Thread::start);
  }

  /// Whether it was cut: what still comes is thrown away.
  boolean severed() {
    return severed;
  }

  /// Cuts it.
  void cut(Ending how) {
    severed = true;
    switch (how) {
      case FIN -> lanes.forEach(lane -> endOutput(lane.to()));
      case RST -> reset();
    }
  }

  /// A side has ended its stream, and everything before has passed.
  void ended(Lane lane, Ending how) {
    if (how == Ending.RST) {
      reset();
      return;
    }
    endOutput(lane.to());
    boolean both;
    synchronized (this) {
      ended.add(lane.direction());
      both = ended.size() == Direction.values().length;
    }
    if (both) {
      close();
    }
  }

  private void reset() {
    for (var socket : List.of(client, server)) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException closed) {
        // then it has ended already
      }
    }
    close();
  }

  /// Closes both sockets.
  void close() {
    severed = true;
    close(client);
    close(server);
    proxy.forget(this);
  }

  /// Closes both sockets and stops whatever waits.
  void stop() {
    close();
    threads.forEach(Thread::interrupt);
  }

  private static void endOutput(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException closed) {
      // then it has ended already
    }
  }

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // it is gone either way
    }
  }
}
