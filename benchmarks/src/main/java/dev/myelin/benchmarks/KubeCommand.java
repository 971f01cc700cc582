package dev.myelin.benchmarks;

import dev.myelin.benchmarks.kube.ManyServices;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Measures the orchestrator's loop on a real Kubernetes with many services (U2).
final class KubeCommand {
  static final String USAGE =
      """
      kube [options]: the orchestrator with many services in the cluster of KUBECONFIG (U2)
        --services=N          how many Microservices (1000)
        --nodes=N             hollow nodes that there must be (100); 0 = services without instances
        --idle=SECONDS        for how long requests are counted when nothing happens (60)
        --name=NAME           what the namespace's name begins with (bench)
        --definition=FILE     definition of the resource (charts/myelin/crds/microservices.yaml)
      """;

  private static final Duration START = Duration.ofSeconds(60);
  private static final int WRITES_A_SECOND = 1;

  private final PrintStream out;

  KubeCommand(PrintStream out) {
    this.out = out;
  }

  /// Measures and prints.
  ///
  /// @return whether the goals were reached
  boolean run(List<String> arguments) throws Exception {
    var options =
        Options.parse(arguments, Set.of("services", "nodes", "idle", "name", "definition"));
    int services = options.atLeast(1, "services", 1_000);
    int nodes = options.atLeast(0, "nodes", 100);
    var idle = options.seconds("idle", Duration.ofSeconds(60));
    var definition = Path.of(options.text("definition", "charts/myelin/crds/microservices.yaml"));
    out.print(Machine.describe());
    try (var many = new ManyServices(options.text("name", "bench"), services, nodes > 0)) {
      int found = many.hollowNodes();
      if (found < nodes) {
        throw new IllegalArgumentException(
            "There are %d nodes with the label kubernetes.io/hollow=true, expected at least %d: .ci/cluster nodes %d, or --nodes=0 for services without instances"
                .formatted(found, nodes, nodes));
      }
      out.printf("N = %d services, %d hollow nodes, no randomness%n", services, found);
      many.create(definition);
      out.printf("cold start, nothing made yet:%n");
      var first = many.measure(idle, this::reconciled);
      out.printf(
          "          quiet after %.1f s, %d writes until then%n",
          first.quiet().toMillis() / 1e3, first.inStart());
      boolean start = first.reconciled().compareTo(START) <= 0;
      boolean made = idle(first);
      out.printf("cold start, everything there (no status tells when it was looked at):%n");
      var second = many.measure(idle, this::reconciled);
      out.printf("          %d writes until quiet%n", second.inStart());
      boolean again = idle(second);
      return start && made && again;
    }
  }

  private void reconciled(Duration time) {
    out.printf(
        "  %s  U2 all reconciled after %.1f s (goal <= 60)%n",
        time.compareTo(START) <= 0 ? "met   " : "MISSED", time.toMillis() / 1e3);
  }

  private boolean idle(ManyServices.Outcome outcome) {
    boolean met = outcome.writes() <= WRITES_A_SECOND;
    out.printf(
        "  %s  U2 idle: %.2f writes/s (goal <= 1), %.2f reads/s, the Lease's among them%n",
        met ? "met   " : "MISSED", outcome.writes(), outcome.reads());
    return met;
  }
}
