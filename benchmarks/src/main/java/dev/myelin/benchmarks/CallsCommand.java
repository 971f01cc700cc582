package dev.myelin.benchmarks;

import dev.myelin.benchmarks.depth.DescentTable;
import dev.myelin.benchmarks.inprocess.InProcessCall;
import dev.myelin.benchmarks.load.ClientReport;
import dev.myelin.benchmarks.load.LoadPlan;
import dev.myelin.benchmarks.report.CallsReport;
import dev.myelin.benchmarks.report.Results;
import dev.myelin.benchmarks.variant.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/// Runs every row in fresh pairs of processes, one row after the other in each round, and prints
/// the report.
///
/// The rows of a round share whatever else the machine does meanwhile; a row that fails is reported
/// and the others go on.
final class CallsCommand {
  private static final int ITERATIONS_A_PHASE = 8;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final CallsPlan plan;
  private final PrintStream out;
  private final PrintStream progress;
  private final Results results = new Results();

  /// @param out takes the report
  /// @param progress takes a line for each pair meanwhile
  CallsCommand(CallsPlan plan, PrintStream out, PrintStream progress) {
    this.plan = plan;
    this.out = out;
    this.progress = progress;
  }

  /// Measures and prints.
  ///
  /// @return whether every row was measured in every round
  boolean run() throws InterruptedException {
    out.print(Machine.describe());
    out.print(method());
    for (var round = 1; round <= plan.pairs(); round++) {
      for (var row : plan.rows()) {
        measure(row, round);
      }
    }
    if (!plan.rows().isEmpty()) {
      report();
    }
    if (plan.inProcess()) {
      measureInProcess();
    }
    if (plan.descent()) {
      measureDescents();
    }
    return results.failures().isEmpty();
  }

  private void measureDescents() throws InterruptedException {
    var table = new DescentTable(DescentProcess.LEVELS);
    for (var round = 1; round <= plan.pairs(); round++) {
      for (var variant : DescentVariants.ALL) {
        progress.printf("round %d of %d, descent by %s%n", round, plan.pairs(), variant.name());
        try {
          table.add(variant, DescentProcess.measure(variant));
        } catch (IOException failure) {
          results.addFailure("descent by " + variant.name(), round, failure.toString());
          out.printf("Not measured: descent by %s: %s%n", variant.name(), failure.getMessage());
        }
      }
    }
    out.println();
    out.print(table);
  }

  private void report() {
    var report = new CallsReport(results, plan.rows(), plan.load().callers(), plan.subject());
    out.println();
    out.print(report.text());
  }

  private void measureInProcess() {
    progress.println("a call within one process");
    var iteration = plan.load().phase().dividedBy(ITERATIONS_A_PHASE);
    out.println();
    out.println(InProcessCall.compare(plan.pairs(), iteration, ChildJvm.FLAGS));
  }

  private String method() {
    var load = plan.load();
    return "Method: %d pairs of JVMs a row (%s), %d callers for %s to warm up, then %s each; seed %d%n"
        .formatted(
            plan.pairs(),
            String.join(" ", ChildJvm.FLAGS),
            LoadPlan.WARM_UP_CALLERS,
            words(load.warmUp()),
            words(load.phase()),
            load.seed());
  }

  private void measure(Row row, int round) throws InterruptedException {
    progress.printf("round %d of %d, %s: ", round, plan.pairs(), row.id());
    progress.flush();
    try {
      var report = pair(row);
      results.add(row.id(), round, report);
      report.phases().forEach(phase -> progress.printf("%,.0f ", phase.callsPerSecond()));
      progress.println("calls a second");
    } catch (IOException failure) {
      results.addFailure(row.id(), round, String.valueOf(failure.getMessage()));
      progress.println("failed");
    }
  }

  private ClientReport pair(Row row) throws IOException, InterruptedException {
    try (var server = ChildJvm.start(MeasuredProcess.serverArguments(row))) {
      var port = MeasuredProcess.ready(server.awaitLine(START_LIMIT)).port();
      try (var client = ChildJvm.start(MeasuredProcess.clientArguments(row, port, plan.load()))) {
        return MeasuredProcess.report(client.awaitLine(START_LIMIT.plus(length())));
      }
    }
  }

  private Duration length() {
    var load = plan.load();
    return load.warmUp().plus(load.phase().multipliedBy(load.callers().size()));
  }

  private static String words(Duration duration) {
    return duration.toMillis() / 1_000.0 + " s";
  }
}
