package dev.myelin.benchmarks.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A host of the lab: a network namespace with one interface. Its loopback is never touched.
///
/// Faults add up until [#heal()].
///
/// @param name within the lab
/// @param namespace its name in the system
/// @param address where it is reached
public record Host(String name, String namespace, String address) {

  /// Which way packets go that are dropped.
  public enum Way {
    /// Those that come to this host.
    IN,
    /// Those that leave it.
    OUT,
    /// All of them.
    BOTH
  }

  /// Drops whatever goes to or comes from it, without a word to either side.
  public void blackhole() throws IOException, InterruptedException {
    drop(Way.BOTH, List.of());
  }

  /// Refuses connections, and ends those that there are, with a reset.
  public void reject() throws IOException, InterruptedException {
    iptables(
        "-A", "INPUT", "!", "-i", "lo", "-p", "tcp", "-j", "REJECT", "--reject-with", "tcp-reset");
  }

  /// Drops what goes between it and another address.
  ///
  /// @param other the address of another host
  /// @param way seen from this host
  public void cutFrom(String other, Way way) throws IOException, InterruptedException {
    if (way != Way.OUT) {
      iptables("-A", "INPUT", "-s", other, "-j", "DROP");
    }
    if (way != Way.IN) {
      iptables("-A", "OUTPUT", "-d", other, "-j", "DROP");
    }
  }

  /// Drops a share of the packets, each by chance.
  ///
  /// @param way which ones
  /// @param share between 0 and 1
  public void lose(Way way, double share) throws IOException, InterruptedException {
    drop(
        way,
        List.of(
            "-m",
            "statistic",
            "--mode",
            "random",
            "--probability",
            String.format(Locale.ROOT, "%.4f", share)));
  }

  private void drop(Way way, List<String> which) throws IOException, InterruptedException {
    if (way != Way.OUT) {
      rule(List.of("-A", "INPUT", "!", "-i", "lo"), which);
    }
    if (way != Way.IN) {
      rule(List.of("-A", "OUTPUT", "!", "-o", "lo"), which);
    }
  }

  private void rule(List<String> chain, List<String> which)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(chain);
    line.addAll(which);
    line.addAll(List.of("-j", "DROP"));
    iptables(line.toArray(String[]::new));
  }

  /// Takes all faults back.
  public void heal() throws IOException, InterruptedException {
    iptables("-F");
  }

  private void iptables(String... arguments) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "iptables", "-w"));
    line.addAll(List.of(arguments));
    SystemCommand.run(line);
  }
}
