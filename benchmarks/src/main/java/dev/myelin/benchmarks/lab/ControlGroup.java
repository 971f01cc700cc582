package dev.myelin.benchmarks.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// A control group of the system for one process: how much of the CPU it gets, and whether it runs
/// at all. Needs root on Linux, and takes either version of control groups.
///
/// A frozen process is not even told that it was stopped, as with a host that is suspended.
/// Everything is as before after [#close].
public final class ControlGroup implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final int PERIOD_MICROS = 100_000;
  private static final String PROCESSES = "cgroup.procs";

  private final long pid;
  private final boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
  private final String name = "lab-" + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
  private final Map<Path, Path> groups = new LinkedHashMap<>();

  private ControlGroup(long pid) {
    this.pid = pid;
  }

  /// Puts a process into a group of its own.
  ///
  /// @throws IOException if that is not possible here, with what to do
  public static ControlGroup of(long pid) throws IOException {
    var group = new ControlGroup(pid);
    try {
      for (var controller : group.unified ? List.of("") : List.of("cpu", "freezer")) {
        group.enter(controller);
      }
      return group;
    } catch (IOException e) {
      var refused =
          new IOException(
              "Process %d cannot be put into a control group of its own; it takes root, and '%s' to be mounted"
                  .formatted(pid, ROOT),
              e);
      try {
        group.close();
      } catch (IOException left) {
        refused.addSuppressed(left);
      }
      throw refused;
    }
  }

  private void enter(String controller) throws IOException {
    var before = ROOT.resolve(controller).resolve(group(controller));
    if (unified) {
      Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+cpu");
    }
    var group = Files.createDirectory(ROOT.resolve(controller).resolve(name));
    groups.put(group, before);
    Files.writeString(group.resolve(PROCESSES), Long.toString(pid));
  }

  // lines such as 4:freezer:/a/b, or 0::/a/b
  private String group(String controller) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup")).stream()
        .map(line -> line.split(":", 3))
        .filter(parts -> List.of(parts[1].split(",", -1)).contains(controller))
        .map(parts -> parts[2].substring(1))
        .findFirst()
        .orElse("");
  }

  /// Limits how much it runs.
  ///
  /// @param cores such as 0.05, at least 0.01
  public void quota(double cores) throws IOException {
    long quota = Math.round(cores * PERIOD_MICROS);
    write("cpu", "cpu.cfs_quota_us", Long.toString(quota), "cpu.max", quota + " " + PERIOD_MICROS);
  }

  /// Takes the limit back.
  public void unlimited() throws IOException {
    write("cpu", "cpu.cfs_quota_us", "-1", "cpu.max", "max " + PERIOD_MICROS);
  }

  /// Stops it.
  public void freeze() throws IOException {
    write("freezer", "freezer.state", "FROZEN", "cgroup.freeze", "1");
  }

  /// Lets it go on.
  public void thaw() throws IOException {
    write("freezer", "freezer.state", "THAWED", "cgroup.freeze", "0");
  }

  private void write(
      String controller, String file, String value, String unifiedFile, String unifiedValue)
      throws IOException {
    var group = ROOT.resolve(unified ? "" : controller).resolve(name);
    Files.writeString(group.resolve(unified ? unifiedFile : file), unified ? unifiedValue : value);
  }

  @Override
  public void close() throws IOException {
    for (var each : groups.entrySet()) {
      if (Files.exists(each.getKey().resolve(unified ? "cgroup.freeze" : "freezer.state"))) {
        thaw();
      }
      if (ProcessHandle.of(pid).isPresent()) {
        Files.writeString(each.getValue().resolve(PROCESSES), Long.toString(pid));
      }
      Files.delete(each.getKey());
    }
    groups.clear();
  }
}
