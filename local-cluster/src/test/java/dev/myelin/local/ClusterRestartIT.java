package dev.myelin.local;

import static dev.myelin.local.LocalClusterProcess.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.local.LocalClusterProcess.Setup;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the instances when the core services are killed.
@Timeout(600)
class ClusterRestartIT {

  private static final String[] SERVICES = {"prime-counter", "sleeper"};

  @TempDir private Path folder;

  private Setup setup() {
    return new Setup(SampleJars.primes(), folder)
        // a training would outlive the process that is killed, and write into the folder
        .withArgument("myelin.core.aot-cache", false);
  }

  private static Map<String, List<Long>> processes(ClusterView view) {
    var processes = new TreeMap<String, List<Long>>();
    view.services()
        .forEach((service, instances) -> {
          if (!service.startsWith("myelin-")) {
            processes.put(service, instances.stream().map(InstanceView::pid).sorted().toList());
          }
        });
    return processes;
  }

  @Test
  void instancesWhenTheClusterIsKilledAndStartedAgainAreAdopted() throws Exception {
    var setup = setup().withArgument("myelin.orphan-timeout", "120s");
    try (var first = setup.start()) {
      var before = processes(first.awaitSettled(1, SERVICES));

      first.kill();
      try (var second = setup.startAfter(first)) {
        var view = second.awaitSettled(1, SERVICES);

        assertThat(processes(view)).isEqualTo(before);
        assertThat(second.post("/prime-counter/count", "[0, 1000]").body()).isEqualTo("168");
        assertThat(second.get("/primes?below=1000").body()).contains("168");
        // the one that was killed could not leave: its successor deregisters it
        second.awaitView(
            "the core process that runs, alone",
            now ->
                serving(now, "myelin-orchestrator").stream()
                    .map(InstanceView::pid)
                    .toList()
                    .equals(List.of(second.pid())));

        second.terminate();
        second.awaitNothingLeft(Duration.ofSeconds(10));
      }
    }
  }

  @Test
  void instancesWhenTheClusterIsKilledForGoodEndByThemselves() throws Exception {
    var setup = setup().withArgument("myelin.orphan-timeout", "4s");
    try (var cluster = setup.start()) {
      cluster.awaitSettled(1, SERVICES);

      cluster.kill();

      cluster.awaitNothingLeft(Duration.ofSeconds(40));
    }
  }
}
