package dev.myelin.orchestrator.view;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.reconcile.StartFailures;
import dev.myelin.orchestrator.rollout.RolloutDesk;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ApplicationView.Progress;
import dev.myelin.wire.StartFailure;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the folder tells of the application, whoever is asked. Thread-safe; does no call.
public final class ApplicationViews {

  private static final Logger log = LoggerFactory.getLogger(ApplicationViews.class);

  private final RolloutDesk desk;
  private final ClusterFolder folder;

  /// Creates it.
  ///
  /// @param desk knows the versions
  /// @param folder the cluster's folder
  public ApplicationViews(RolloutDesk desk, ClusterFolder folder) {
    this.desk = desk;
    this.folder = folder;
  }

  /// The application; empty until an orchestrator has acted.
  public Optional<ApplicationView> application() {
    return desk.view(this::progress);
  }

  private List<Progress> progress(String wanted) {
    var progress = new TreeMap<String, Progress>();
    for (var record : folder.readAll(folder.instances(), SpawnRecord.class)) {
      if (!record.version().isEmpty()) {
        int updated = record.version().equals(wanted) ? 1 : 0;
        progress.merge(
            record.service(),
            new Progress(record.service(), updated, 1 - updated),
            (one, other) ->
                new Progress(
                    one.service(),
                    one.updated() + other.updated(),
                    one.outdated() + other.outdated()));
      }
    }
    return List.copyOf(progress.values());
  }

  /// The last failed start of each service that has not served for long enough since.
  public List<StartFailure> failures() {
    try {
      return folder.readAll(StartFailures.in(folder), StartFailure.class);
    } catch (IllegalArgumentException e) {
      log.debug("A failed start cannot be read", e);
      return List.of();
    }
  }
}
