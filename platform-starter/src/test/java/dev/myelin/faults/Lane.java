package dev.myelin.faults;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One direction of a proxied connection.
///
/// One thread reads and notes when each piece is due, another waits until then and passes it on, so
/// that a delay does not limit what is under way. Between them is room for about a megabyte;
/// whoever sends more is held up, as by a network.
final class Lane {

  private static final int BUFFER_BYTES = 16 * 1_024;
  private static final int PIECES = 64;
  private static final long PACE = 100;

  private final FaultProxy proxy;
  private final ProxiedConnection connection;
  private final Direction direction;
  private final Socket from;
  private final Socket to;
  private final Random random;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);
  private long lastDue = System.nanoTime();
  private long freeAt = System.nanoTime();

  private sealed interface Piece {
    final class Bytes implements Piece {
      final byte[] content;
      final long due;

      Bytes(byte[] content, long due) {
        this.content = content;
        this.due = due;
      }
    }

    record End(Ending how) implements Piece {}
  }

  Lane(ProxiedConnection connection, Direction direction, Socket from, Socket to, Random random) {
    this.proxy = connection.proxy();
    this.connection = connection;
    this.direction = direction;
    this.from = from;
    this.to = to;
    this.random = random;
  }

  Direction direction() {
    return direction;
  }

  Socket to() {
    return to;
  }

  void read() {
    var buffer = new byte[BUFFER_BYTES];
    try {
      Piece end = new Piece.End(Ending.FIN);
      try {
        var in = from.getInputStream();
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          pieces.put(new Piece.Bytes(Arrays.copyOf(buffer, length), due()));
        }
      } catch (IOException broken) {
        end = new Piece.End(Ending.RST);
      }
      pieces.put(end);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private long due() {
    var faults = proxy.faults(direction);
    long jitter = faults.jitter().toNanos();
    long due =
        System.nanoTime()
            + faults.delay().toNanos()
            + (jitter == 0 ? 0 : random.nextLong(jitter + 1));
    lastDue = Math.max(lastDue, due);
    return lastDue;
  }

  void write() {
    try {
      while (true) {
        switch (pieces.take()) {
          case Piece.Bytes bytes -> {
            waitUntil(bytes.due);
            pass(bytes.content);
          }
          case Piece.End(var how) -> {
            proxy.awaitPassable(direction);
            connection.ended(this, how);
            return;
          }
        }
      }
    } catch (IOException gone) {
      // whoever should have got it has gone: the other side learns of it as it would without a
      // proxy
      connection.cut(Ending.RST);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(byte[] content) throws IOException, InterruptedException {
    int offset = 0;
    while (offset < content.length && !connection.severed()) {
      proxy.awaitPassable(direction);
      var faults = proxy.faults(direction);
      var share = proxy.share(direction, piece(faults, content.length - offset));
      if (share.pass() > 0) {
        send(content, offset, share.pass(), faults);
        offset += share.pass();
      }
      var ending = share.cut();
      if (ending != null) {
        connection.cut(ending);
      }
    }
  }

  private static int piece(Faults faults, int rest) {
    int piece = faults.slice() == 0 ? rest : Math.min(rest, faults.slice());
    return faults.bytesPerSecond() == 0
        ? piece
        : Math.clamp(faults.bytesPerSecond() / PACE, 1, piece);
  }

  private void send(byte[] content, int offset, int length, Faults faults)
      throws IOException, InterruptedException {
    if (faults.bytesPerSecond() > 0) {
      freeAt = Math.max(freeAt, System.nanoTime());
      waitUntil(freeAt);
      freeAt += length * TimeUnit.SECONDS.toNanos(1) / faults.bytesPerSecond();
    }
    // before they pass, so that whoever has received some finds them counted
    proxy.count(direction, length);
    to.getOutputStream().write(content, offset, length);
  }

  private static void waitUntil(long nanoTime) throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }
}
