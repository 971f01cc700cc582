package dev.myelin.orchestrator;

import java.nio.file.Path;

/// Thrown at start-up when another orchestrator holds the lease of the same folder, and this one is
/// not to wait for it.
final class ClusterTakenException extends RuntimeException {

  private final Path folder;

  ClusterTakenException(Path folder, String holder) {
    super(
        "Another cluster runs on the folder '%s': its lease is held by '%s'."
            .formatted(folder, holder));
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }
}
