package dev.myelin.membership;

import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a core process into the cluster's folder, where every other process looks for it.
/// Thread-safe.
public final class CoreRegistration {

  private static final Logger log = LoggerFactory.getLogger(CoreRegistration.class);

  private final ClusterFolder folder;
  private final Instance process;
  private final Predicate<Instance> gone;

  /// Creates one for processes of one host.
  ///
  /// @param folder the cluster's folder
  /// @param process this process, ready for calls
  public CoreRegistration(ClusterFolder folder, Instance process) {
    this(folder, process, CoreRegistration::ended);
  }

  /// Creates one.
  ///
  /// @param folder the cluster's folder
  /// @param process this process, ready for calls
  /// @param gone tells for certain that a process found in the folder runs no more
  public CoreRegistration(ClusterFolder folder, Instance process, Predicate<Instance> gone) {
    this.folder = folder;
    this.process = process;
    this.gone = gone;
  }

  /// Writes the process down, and removes those that were killed and could not leave.
  ///
  /// @return those that were removed; nobody else will deregister them from pubsub
  /// @throws java.io.UncheckedIOException if the folder cannot be written to
  public List<InstanceId> register() {
    var removed = new ArrayList<InstanceId>();
    for (var other : folder.readAll(folder.core(), Instance.class)) {
      if (!other.id().equals(process.id()) && gone.test(other)) {
        folder.delete(file(other));
        removed.add(other.id());
        log.info("Core process removed: id={} pid={}", other.id(), other.process().pid());
      }
    }
    folder.write(file(process), process);
    log.info(
        "Core process registered: id={} endpoint={} services={}",
        process.id(),
        process.endpoint(),
        process.services());
    return List.copyOf(removed);
  }

  /// Removes the process; without effect the second time.
  public void leave() {
    folder.delete(file(process));
  }

  private Path file(Instance core) {
    return folder.core(core.id());
  }

  private static boolean ended(Instance core) {
    return ProcessHandle.of(core.process().pid()).isEmpty();
  }
}
