package dev.myelin.benchmarks.faults;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/// Calls of one operation through the gateway; tells what was said of those that failed.
/// Thread-safe.
final class GatewayCalls {

  private static final Pattern EXECUTION = Pattern.compile("\"execution\"\\s*:\\s*\"([a-z-]+)\"");

  private final LocalCluster cluster;
  private final String path;
  private final String arguments;
  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();

  GatewayCalls(LocalCluster cluster, String path, String arguments) {
    this.cluster = cluster;
    this.path = path;
    this.arguments = arguments;
  }

  /// Makes a call.
  ///
  /// @throws IOException if it was not answered with its result
  String call() throws IOException {
    String what;
    try {
      var response = cluster.post(path, arguments);
      if (response.statusCode() == 200) {
        return response.body();
      }
      var said = EXECUTION.matcher(response.body());
      what = response.statusCode() + " " + (said.find() ? said.group(1) : "without an execution");
    } catch (IOException e) {
      what = e.getClass().getSimpleName();
    }
    failures.computeIfAbsent(what, _ -> new LongAdder()).increment();
    throw new IOException(what);
  }

  /// How many failed, by what was said of them.
  Map<String, Long> failures() {
    var counts = new TreeMap<String, Long>();
    failures.forEach((what, count) -> counts.put(what, count.sum()));
    return counts;
  }

  /// Whether it was said of every call that failed that it may have run.
  boolean allMayHaveRun() {
    return failures.keySet().stream().allMatch(what -> what.endsWith(" may-have-run"));
  }
}
