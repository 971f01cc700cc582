package dev.myelin.benchmarks.lab;

import dev.myelin.benchmarks.cluster.RunningCluster;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The primes sample as a cluster on several hosts.
///
/// Its first core process is at home, with the gateway through which it is called; everything else
/// is where it was placed, also when it is started again.
public final class Lab implements AutoCloseable {

  private final Network network;
  private final RunningCluster cluster;

  private Lab(Network network, RunningCluster cluster) {
    this.network = network;
    this.cluster = cluster;
  }

  /// Starts a cluster; returns at once.
  ///
  /// @param network its hosts; closed with the lab
  /// @param placed names of hosts, by service, or by `front` or `core`
  /// @param arguments for the cluster
  public static Lab start(Network network, Map<String, List<String>> placed, List<String> arguments)
      throws IOException {
    var hosts = new HashMap<String, List<Host>>();
    placed.forEach((what, names) -> hosts.put(what, names.stream().map(network::host).toList()));
    var placement =
        new Placement(Files.createTempDirectory("lab-placement-"), network.home(), hosts);
    var all = new ArrayList<>(arguments);
    // what becomes of calls is asked here, not how fast processes start: its making would take a
    // core for half of the time that a trial takes
    all.add("--myelin.core.aot-cache=false");
    all.add("--myelin.core.start-timeout=5m");
    var variables = new HashMap<>(placement.variables());
    variables.put("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    return new Lab(network, RunningCluster.start(all, variables));
  }

  /// The cluster.
  public RunningCluster cluster() {
    return cluster;
  }

  /// A host by its name.
  public Host host(String name) {
    return network.host(name);
  }

  /// The instance of a service on a host, whatever its state, if it is shown.
  public Optional<InstanceView> at(String service, String host) {
    return cluster.view().flatMap(view -> at(view, service, host));
  }

  private Optional<InstanceView> at(ClusterView view, String service, String host) {
    var address = network.host(host).address() + ":";
    return view.services().getOrDefault(service, List.of()).stream()
        .filter(instance -> String.valueOf(instance.address()).startsWith(address))
        .findFirst();
  }

  /// Sends a signal to a process of the cluster.
  ///
  /// @param signal STOP, CONT, KILL …
  public static void signal(String signal, long pid) throws IOException, InterruptedException {
    SystemCommand.run("kill", "-" + signal, Long.toString(pid));
  }

  @Override
  public void close() {
    cluster.close();
    network.close();
  }
}
