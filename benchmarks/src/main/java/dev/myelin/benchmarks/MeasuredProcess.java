package dev.myelin.benchmarks;

import dev.myelin.benchmarks.basket.SummingPriceList;
import dev.myelin.benchmarks.load.ClientReport;
import dev.myelin.benchmarks.load.LoadClient;
import dev.myelin.benchmarks.load.LoadPlan;
import dev.myelin.benchmarks.variant.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// The bodies of the two processes of a pair, and the command lines and lines of JSON by which the
/// launcher speaks to them.
final class MeasuredProcess {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// What a server answers when it takes calls.
  ///
  /// @param port where it does
  record Ready(int port) {}

  private MeasuredProcess() {}

  static List<String> serverArguments(Row row) {
    return List.of("serve", "--row=" + row.id());
  }

  static List<String> clientArguments(Row row, int port, LoadPlan plan) {
    return List.of(
        "load",
        "--row=" + row.id(),
        "--port=" + port,
        "--warmup=" + seconds(plan.warmUp()),
        "--seconds=" + seconds(plan.phase()),
        "--callers=" + String.join(",", plan.callers().stream().map(String::valueOf).toList()),
        "--seed=" + plan.seed());
  }

  static Ready ready(String line) {
    return JSON.readValue(line, Ready.class);
  }

  static ClientReport report(String line) {
    return JSON.readValue(line, ClientReport.class);
  }

  /// Serves until the input ends.
  static void serve(List<String> arguments, InputStream in, PrintStream out) throws IOException {
    var options = Options.parse(arguments, Set.of("row"));
    try (var serving = row(options).variant().serve(new SummingPriceList())) {
      out.println(JSON.writeValueAsString(new Ready(serving.port())));
      var _ = in.transferTo(PrintStream.nullOutputStream());
    }
  }

  /// Measures and answers.
  static void load(List<String> arguments, PrintStream out)
      throws IOException, InterruptedException {
    var options =
        Options.parse(arguments, Set.of("row", "port", "warmup", "seconds", "callers", "seed"));
    var plan =
        new LoadPlan(
            options.seconds("warmup", Duration.ZERO),
            options.seconds("seconds", Duration.ofSeconds(1)),
            options.numbers("callers", "1"),
            options.seed("seed", 1));
    var report = LoadClient.measure(row(options), options.number("port", 0), plan);
    out.println(JSON.writeValueAsString(report));
  }

  private static Row row(Options options) {
    return Variants.named(options.text("row", "")).getFirst();
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toMillis() / 1_000.0);
  }
}
