package dev.myelin.local;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.wire.Instance;
import java.nio.file.Path;
import java.time.Duration;

/// Core processes that a folder lists and that run: those of a cluster whose first process was
/// killed.
final class LivingCore {

  /// How far the start that a process has written down may be from what the system says.
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private LivingCore() {}

  /// Whether there is any.
  static boolean in(Path folder) {
    var files = new ClusterFolder(folder);
    return files.readAll(files.core(), Instance.class).stream().anyMatch(LivingCore::runs);
  }

  // A pid alone may be another process's by now
  private static boolean runs(Instance core) {
    var written = core.process().startedAt();
    return ProcessHandle.of(core.process().pid())
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .filter(start -> Duration.between(written, start).abs().compareTo(TOLERANCE) <= 0)
        .isPresent();
  }
}
