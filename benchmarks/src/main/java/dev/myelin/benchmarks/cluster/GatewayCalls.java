package dev.myelin.benchmarks.cluster;

import dev.myelin.benchmarks.faults.Pause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/// Calls of one operation through the gateway; tells what was said of those that failed.
/// Thread-safe.
///
/// The gateway may be killed. As any HTTP client has to, this one connects again to the one that
/// takes its place, and sends a request again whose connection broke; but that only where the
/// operation may be repeated, since it may have run.
public final class GatewayCalls {

  private static final Pattern EXECUTION = Pattern.compile("\"execution\"\\s*:\\s*\"([a-z-]+)\"");
  private static final String MAY_HAVE_RUN = " may-have-run";
  private static final Duration RECONNECT_LIMIT = Duration.ofSeconds(30);
  private static final Duration RECONNECT = Duration.ofMillis(20);

  private final RunningCluster cluster;
  private final Operation operation;
  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
  private final AtomicLong reconnected = new AtomicLong();

  /// What is called.
  ///
  /// @param path of the operation
  /// @param arguments as JSON
  /// @param answer what every right one begins with
  /// @param repeatable whether it is the same if it runs twice
  public record Operation(String path, String arguments, String answer, boolean repeatable) {}

  /// Creates them.
  ///
  /// @param cluster where it is called
  /// @param operation what is called
  public GatewayCalls(RunningCluster cluster, Operation operation) {
    this.cluster = cluster;
    this.operation = operation;
  }

  /// Makes a call.
  ///
  /// @throws IOException if it was not answered with its result
  public String call() throws IOException, InterruptedException {
    String what;
    try {
      var response = answer();
      if (response.statusCode() == 200 && response.body().startsWith(operation.answer())) {
        return response.body();
      }
      var said = EXECUTION.matcher(response.body());
      what = response.statusCode() + " " + (said.find() ? said.group(1) : "without an execution");
    } catch (ConnectException _) {
      what = "no gateway did-not-run";
    } catch (IOException e) {
      what = e.getClass().getSimpleName() + MAY_HAVE_RUN;
    }
    failures.computeIfAbsent(what, _ -> new LongAdder()).increment();
    throw new IOException(what);
  }

  private HttpResponse<String> answer() throws IOException, InterruptedException {
    long until = System.nanoTime() + RECONNECT_LIMIT.toNanos();
    while (true) {
      try {
        return cluster.post(operation.path(), operation.arguments());
      } catch (IOException e) {
        boolean again = operation.repeatable() || e instanceof ConnectException;
        if (!again || System.nanoTime() - until > 0) {
          throw e;
        }
        reconnected.incrementAndGet();
        Pause.of(RECONNECT);
      }
    }
  }

  /// How many failed, by what was said of them.
  public Map<String, Long> failures() {
    var counts = new TreeMap<String, Long>();
    failures.forEach((what, count) -> counts.put(what, count.sum()));
    return counts;
  }

  /// How many failed.
  public long failed() {
    return failures().values().stream().mapToLong(Long::longValue).sum();
  }

  /// How often a connection was made anew.
  long reconnected() {
    return reconnected.get();
  }

  /// Whether it was said of every call that failed that it may have run.
  public boolean allMayHaveRun() {
    return failures.keySet().stream().allMatch(what -> what.endsWith(MAY_HAVE_RUN));
  }
}
