package dev.myelin.storage.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.myelin.storage.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// A process whose memcacheds are those that a name has, as its own resolver says: that of the JDK
/// is chosen once for a process. It does what its input says, and answers each line with one.
final class NamedNodesProcess {

  private NamedNodesProcess() {}

  /// Serves until the input ends.
  ///
  /// @param arguments name and port
  public static void main(String[] arguments) throws IOException {
    var settings =
        new MemcachedSettings(
            "t:",
            1,
            Duration.ofSeconds(5),
            new MemcachedSettings.Sizes(1_048_576, 8_000_000),
            new MemcachedSettings.Warming(Duration.ofMinutes(1), 100_000, Duration.ofMillis(200)));
    var source = NodeSource.dns(arguments[0], Integer.parseInt(arguments[1]));
    try (var store = MemcachedEphemeralStore.connect(settings, source, Clock.systemUTC());
        var input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (var line = input.readLine(); line != null; line = input.readLine()) {
        System.out.println(answer(store, List.of(line.split(" ", 3))));
      }
    }
  }

  private static String answer(MemcachedEphemeralStore store, List<String> words) {
    try {
      return switch (words.getFirst()) {
        case "nodes" ->
            store.nodes().stream()
                .map(state -> state.node() + (state.available() ? "" : " away"))
                .sorted()
                .collect(Collectors.joining(","));
        case "put" -> {
          store.put(words.get(1), words.get(2).getBytes(UTF_8), Duration.ofMinutes(10));
          yield "put";
        }
        default ->
            store.get(words.get(1)).map(found -> new String(found.value(), UTF_8)).orElse("none");
      };
    } catch (StoreException e) {
      return "failed: " + e.getMessage();
    }
  }
}
