package dev.myelin.local;

import static dev.myelin.local.LocalClusterProcess.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.local.LocalClusterProcess.Setup;
import dev.myelin.membership.ClusterLease;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three core processes that keep each other alive, whichever of them is stopped or killed.
@Timeout(600)
class SeveralCoresIT {

  private static final int CORES = 3;
  private static final String[] SERVICES = {"prime-counter", "sleeper"};
  private static final Duration CONNECT_AGAIN = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  @TempDir private Path folder;

  @Test
  void coresThatHangOrAreKilledAreReplacedWithoutACallLost() throws Exception {
    var setup =
        new Setup(SampleJars.primes(), folder)
            .withArgument("myelin.core.instances", CORES)
            .withArgument("myelin.core.loop.hung-after", "3s")
            // a training would outlive the process that is killed, and write into the folder
            .withArgument("myelin.core.aot-cache", false)
            // what a new orchestrator has to find as it was
            .withArgument("myelin.services.prime-counter.max-instances", 1);
    try (var cluster = setup.start()) {
      cluster.awaitSettled(1, SERVICES);
      var before = application(awaitCores(cluster, Set.of()));
      cluster.mayEnd();
      try (var load = new SteadyLoad(4, "168", () -> count(cluster))) {
        // the one that the user started acts, and hangs
        var hung = acting(cluster);
        assertThat(hung).isEqualTo(cluster.pid());
        SeenProcesses.signal("STOP", hung);
        awaitCores(cluster, Set.of(hung));

        var killed = acting(cluster);
        SeenProcesses.signal("KILL", killed);
        awaitCores(cluster, Set.of(hung, killed));

        var warm = others(cluster, acting(cluster)).getFirst();
        SeenProcesses.signal("KILL", warm);
        var after = awaitCores(cluster, Set.of(hung, killed, warm));

        assertThat(application(after)).isEqualTo(before);
        assertThat(load.failures()).isEmpty();
        assertThat(load.made()).isPositive();
      }
      assertThat(epoch(cluster)).isGreaterThanOrEqualTo(3);

      assertThat(cluster.askToStop()).isZero();
      cluster.awaitNothingLeft(Duration.ofSeconds(10));
      assertThat(cluster.folder().stop()).doesNotExist();
    }
  }

  @Test
  void endOfTheFirstProcessIsTheEndOfAllWhoeverActs() throws Exception {
    var setup = new Setup(SampleJars.primes(), folder).withArgument("myelin.core.instances", 2);
    try (var cluster = setup.start()) {
      cluster.awaitSettled(1, SERVICES);
      cluster.awaitView("two", view -> pids(view).size() == 2);

      assertThat(cluster.terminate()).isEqualTo(143);

      cluster.awaitNothingLeft(Duration.ofSeconds(10));
    }
  }

  // A connection to a gateway that is killed is its client's to make anew; an answer is an answer
  private static HttpResponse<String> count(LocalClusterProcess cluster) throws IOException {
    long begin = System.nanoTime();
    while (true) {
      try {
        return cluster.post("/prime-counter/count", "[0, 1000]");
      } catch (IOException e) {
        if (System.nanoTime() - begin > CONNECT_AGAIN.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static ClusterView awaitCores(LocalClusterProcess cluster, Set<Long> gone) {
    return cluster.awaitView(
        "%d core processes without %s".formatted(CORES, gone),
        view ->
            pids(view).size() == CORES
                && pids(view).stream().noneMatch(gone::contains)
                && serving(view, "myelin-orchestrator").size() == CORES);
  }

  private static Set<Long> pids(ClusterView view) {
    return serving(view, "myelin-orchestrator").stream()
        .map(InstanceView::pid)
        .collect(Collectors.toSet());
  }

  private static Map<String, List<Long>> application(ClusterView view) {
    var processes = new TreeMap<String, List<Long>>();
    view.services()
        .forEach((service, instances) -> {
          if (!service.startsWith("myelin-")) {
            processes.put(service, instances.stream().map(InstanceView::pid).sorted().toList());
          }
        });
    return processes;
  }

  private static long acting(LocalClusterProcess cluster) {
    var folder = cluster.folder();
    var holder = folder.read(folder.lease(), ClusterLease.class).orElseThrow().holder();
    return folder
        .read(folder.core(new InstanceId(holder)), Instance.class)
        .orElseThrow()
        .process()
        .pid();
  }

  private static List<Long> others(LocalClusterProcess cluster, long acting) {
    var folder = cluster.folder();
    return folder.readAll(folder.core(), Instance.class).stream()
        .map(core -> core.process().pid())
        .filter(pid -> pid != acting)
        .toList();
  }

  private static long epoch(LocalClusterProcess cluster) {
    var folder = cluster.folder();
    return folder.read(folder.lease(), ClusterLease.class).orElseThrow().epoch();
  }
}
