package dev.myelin.local;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.wire.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Core processes that a folder lists and that run: those of a cluster whose first process was
/// killed.
final class LivingCore {

  /// How far the start that a process has written down may be from what the system says.
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private LivingCore() {}

  /// Whether there is any.
  static boolean in(Path folder) {
    return !processes(folder).isEmpty();
  }

  /// All of them.
  static Set<ProcessHandle> processes(Path folder) {
    var files = new ClusterFolder(folder);
    return files.readAll(files.core(), Instance.class).stream()
        .flatMap(core -> process(core).stream())
        .collect(Collectors.toSet());
  }

  // A pid alone may be another process's by now
  private static Optional<ProcessHandle> process(Instance core) {
    var written = core.process().startedAt();
    return ProcessHandle.of(core.process().pid())
        .filter(LivingCore::runs)
        .filter(handle ->
            handle
                .info()
                .startInstant()
                .filter(start -> Duration.between(written, start).abs().compareTo(TOLERANCE) <= 0)
                .isPresent());
  }

  /// Whether a process runs. One that has ended and whose parent has not asked how runs no more,
  /// though the system still lists it: it has no command.
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
