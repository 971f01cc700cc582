package dev.myelin.storage.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.myelin.wire.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// A connection of its own for what XMemcached has no command for, or what must not wait behind the
/// commands of others: whether a node is well, and which keys it has. For one thread.
final class PlainConnection implements AutoCloseable {

  private static final String DUMP = "lru_crawler metadump all\r\n";

  private final Socket socket;
  private final BufferedReader reader;

  PlainConnection(Endpoint endpoint, Duration timeout) throws IOException {
    int millis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    this.socket = new Socket();
    try {
      socket.setSoTimeout(millis);
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis);
      this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// What the server says of itself: `pid`, `uptime`, `version` and more.
  Map<String, String> stats() throws IOException {
    send("stats\r\n");
    var stats = new HashMap<String, String>();
    for (var line = line(); line.startsWith("STAT "); line = line()) {
      var words = line.split(" ", 3);
      stats.put(words[1], words.length > 2 ? words[2] : "");
    }
    return stats;
  }

  /// A key that a node has.
  ///
  /// @param text the key
  /// @param expiry when it ends, in seconds of the wall clock; -1 for never
  record Listed(String text, long expiry) {}

  /// Every key that the node has, one after the other, as long as it can name them.
  ///
  /// @param each what to do with a key
  /// @throws IOException if the node refuses; it does while it is busy with another such listing
  void keys(Consumer<Listed> each) throws IOException {
    send(DUMP);
    for (var line = line(); !line.equals("END"); line = line()) {
      if (!line.startsWith("key=")) {
        throw new IOException("answered '%s' to '%s'".formatted(line, DUMP.strip()));
      }
      var words = line.split(" ", 3);
      each.accept(
          new Listed(
              URLDecoder.decode(words[0].substring(4).replace("+", "%2B"), US_ASCII),
              Long.parseLong(words[1].substring("exp=".length()))));
    }
  }

  private void send(String command) throws IOException {
    socket.getOutputStream().write(command.getBytes(US_ASCII));
  }

  private String line() throws IOException {
    var line = reader.readLine();
    if (line == null) {
      throw new IOException("closed the connection");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
