package dev.myelin.benchmarks;

import dev.myelin.benchmarks.depth.DescentBean;
import dev.myelin.benchmarks.depth.DescentReport;
import dev.myelin.benchmarks.depth.DescentRun;
import dev.myelin.benchmarks.depth.DescentVariant;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// The descents of one variant: the processes between which they go, and the one that makes them.
final class DescentProcess {
  static final int LEVELS = 1_000;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int WARM_UP = 40;
  private static final int COUNT = 20;

  private DescentProcess() {}

  /// Starts three processes and returns what they measured.
  static DescentReport measure(DescentVariant variant) throws IOException, InterruptedException {
    var name = "--variant=" + variant.name();
    try (var first = ChildJvm.start(List.of("serve-descent", name));
        var second = ChildJvm.start(List.of("serve-descent", name))) {
      var ports =
          List.of(
              MeasuredProcess.ready(first.awaitLine(START_LIMIT)).port(),
              MeasuredProcess.ready(second.awaitLine(START_LIMIT)).port());
      try (var top =
          ChildJvm.start(
              List.of("descend", name, "--first=" + ports.get(0), "--second=" + ports.get(1)))) {
        return JSON.readValue(top.awaitLine(LIMIT), DescentReport.class);
      }
    }
  }

  /// Serves until the input ends.
  static void serve(List<String> arguments, InputStream in, PrintStream out) throws IOException {
    var variant = variant(Options.parse(arguments, Set.of("variant")));
    try (var bean = new DescentBean(variant::connect);
        var serving = variant.serve(bean)) {
      out.println(JSON.writeValueAsString(new MeasuredProcess.Ready(serving.port())));
      var _ = in.transferTo(PrintStream.nullOutputStream());
    }
  }

  /// Measures and answers.
  static void descend(List<String> arguments, PrintStream out) {
    var options = Options.parse(arguments, Set.of("variant", "first", "second"));
    var report =
        DescentRun.measure(
            variant(options),
            LEVELS,
            WARM_UP,
            COUNT,
            options.number("first", 0),
            options.number("second", 0));
    out.println(JSON.writeValueAsString(report));
  }

  private static DescentVariant variant(Options options) {
    return DescentVariants.named(options.text("variant", ""));
  }
}
