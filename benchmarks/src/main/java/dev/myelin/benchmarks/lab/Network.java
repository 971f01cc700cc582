package dev.myelin.benchmarks.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hosts that are network namespaces, joined by a bridge in a namespace of its own: rules of this
/// machine's firewall do not concern what goes between them.
///
/// The namespace in which this process runs is on the same network and called the home. Whatever
/// was made is removed on [#close], and when this JVM ends, together with the processes in it.
public final class Network implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Network.class);
  private static final int HOME = 1;
  private static final int FIRST = 2;
  private static final String PREFIX = "10.77.";

  private final String tag;
  private final String net;
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final List<String> namespaces = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean plugged;
  private final Thread hook = new Thread(this::remove, "lab-removal");

  private Network(String tag, String net) {
    this.tag = tag;
    this.net = net;
  }

  /// Makes hosts.
  ///
  /// @param names their names, which tell them apart within the lab
  /// @throws IOException if that is not possible here, with what to do
  public static Network of(String... names) throws IOException, InterruptedException {
    requirePrograms();
    var network = new Network(freeTag(), freeNet());
    Runtime.getRuntime().addShutdownHook(network.hook);
    try {
      network.build(List.of(names));
      return network;
    } catch (IOException | InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private static void requirePrograms() throws InterruptedException, IOException {
    try {
      SystemCommand.run("iptables", "--version");
      SystemCommand.run("flock", "--version");
      SystemCommand.run("ip", "netns", "list");
    } catch (IOException e) {
      throw new IOException(
          "The lab needs 'ip' and 'iptables': apt-get update && apt-get install -y iproute2 iptables util-linux",
          e);
    }
  }

  // An interface's name has at most 15 characters
  private static String freeTag() {
    return "lab%04x".formatted(ThreadLocalRandom.current().nextInt(1 << 16));
  }

  private static String freeNet() throws IOException, InterruptedException {
    var taken = SystemCommand.run("ip", "-o", "-4", "address");
    while (true) {
      var net = PREFIX + ThreadLocalRandom.current().nextInt(1, 255) + ".";
      if (!taken.contains(net)) {
        return net;
      }
    }
  }

  private void build(List<String> names) throws IOException, InterruptedException {
    var bridge = namespace("switch");
    ip("-n", bridge, "link", "add", "bridge", "type", "bridge");
    ip("-n", bridge, "link", "set", "bridge", "up");
    ip("link", "add", tag, "type", "veth", "peer", "name", "home", "netns", bridge);
    plugged = true;
    ip("address", "add", home() + "/24", "dev", tag);
    ip("link", "set", tag, "up");
    plug(bridge, "home");
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i);
      var host = new Host(name, namespace(name), net + (FIRST + i));
      var port = "port" + i;
      ip(
          "-n",
          bridge,
          "link",
          "add",
          port,
          "type",
          "veth",
          "peer",
          "name",
          "eth0",
          "netns",
          host.namespace());
      plug(bridge, port);
      ip("-n", host.namespace(), "address", "add", host.address() + "/24", "dev", "eth0");
      ip("-n", host.namespace(), "link", "set", "eth0", "up");
      ip("-n", host.namespace(), "link", "set", "lo", "up");
      hosts.put(name, host);
    }
  }

  private String namespace(String name) throws IOException, InterruptedException {
    var namespace = tag + "-" + name;
    ip("netns", "add", namespace);
    namespaces.add(namespace);
    return namespace;
  }

  private static void plug(String bridge, String port) throws IOException, InterruptedException {
    ip("-n", bridge, "link", "set", port, "master", "bridge", "up");
  }

  private static void ip(String... arguments) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("ip"));
    line.addAll(List.of(arguments));
    SystemCommand.run(line);
  }

  /// A host by its name.
  public Host host(String name) {
    var found = hosts.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "There is no host '%s'. There are: %s.".formatted(name, hosts.keySet()));
    }
    return found;
  }

  /// Where the namespace of this process is reached from the hosts.
  public String home() {
    return net + HOME;
  }

  private void remove() {
    unplug();
    for (var namespace : List.copyOf(namespaces)) {
      try {
        SystemCommand.run("ip", "netns", "pids", namespace)
            .lines()
            .map(Long::valueOf)
            .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        // takes its interfaces with it, and the other ends of these
        ip("netns", "delete", namespace);
        namespaces.remove(namespace);
      } catch (IOException e) {
        log.warn("Namespace '{}' is left", namespace, e);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  // It would go with its other end, but the system takes its time with a namespace
  private void unplug() {
    if (!plugged) {
      return;
    }
    try {
      ip("link", "delete", tag);
      plugged = false;
    } catch (IOException e) {
      log.warn("Interface '{}' is left", tag, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    remove();
    if (!Thread.currentThread().equals(hook)) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // it runs already
      }
    }
  }
}
