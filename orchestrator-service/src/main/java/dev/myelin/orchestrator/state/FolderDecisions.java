package dev.myelin.orchestrator.state;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.scale.DecisionStore;
import dev.myelin.orchestrator.scale.ScalingRecord;
import dev.myelin.wire.ScalingDecision;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps scaling decisions in the cluster's folder, `decisions.json`. Thread-safe, as long as one
/// orchestrator acts.
public final class FolderDecisions implements DecisionStore {

  private static final Logger log = LoggerFactory.getLogger(FolderDecisions.class);

  private final ClusterFolder folder;

  /// What the file holds.
  ///
  /// @param decisions oldest first
  record Kept(List<ScalingRecord> decisions) {}

  /// Creates it.
  ///
  /// @param folder the cluster's folder
  public FolderDecisions(ClusterFolder folder) {
    this.folder = folder;
  }

  private Path file() {
    return folder.root().resolve("decisions.json");
  }

  @Override
  public List<ScalingRecord> load(List<ScalingRecord> known) {
    try {
      return folder.read(file(), Kept.class).map(Kept::decisions).orElse(known);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      log.warn("'{}' cannot be read", file(), e);
      return known;
    }
  }

  // A decision that cannot be kept is followed all the same
  @Override
  public void save(List<ScalingRecord> records) {
    try {
      folder.write(file(), new Kept(records));
    } catch (UncheckedIOException e) {
      log.warn("'{}' cannot be written", file(), e);
    }
  }

  /// For people, the newest first.
  public List<ScalingDecision> view() {
    return load(List.of()).stream()
        .map(ScalingRecord::view)
        .sorted(Comparator.comparing(ScalingDecision::at).reversed())
        .toList();
  }
}
