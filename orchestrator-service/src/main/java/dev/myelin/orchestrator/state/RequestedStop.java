package dev.myelin.orchestrator.state;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.StopRequest;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Files;
import java.time.Instant;

/// The wish that everything ends, as the file `stop.json`: whoever acts, now or after a takeover,
/// carries it out. Thread-safe.
public final class RequestedStop {

  private final ClusterFolder folder;
  private final SpawnRecords records;

  /// Creates it; nothing is asked for by that.
  ///
  /// @param folder the cluster's folder
  public RequestedStop(ClusterFolder folder) {
    this.folder = folder;
    this.records = new SpawnRecords(folder);
  }

  /// Asks for the end; without effect where somebody has.
  ///
  /// @param by who asks, for people
  /// @param at now
  /// @throws java.io.UncheckedIOException if the folder cannot be written to
  public void make(String by, Instant at) {
    if (!present()) {
      folder.write(folder.stop(), new StopRequest(by, at));
    }
  }

  /// Whether somebody has asked.
  public boolean present() {
    return Files.exists(folder.stop());
  }

  /// Whether nothing of the application is left.
  public boolean carriedOut() {
    return records.load().stream().allMatch(each -> each.service().equals(ServiceNames.CORE));
  }

  /// Notes that it has been carried out: what is left is the process that did so.
  ///
  /// @param last that process
  public void carriedOutBy(InstanceId last) {
    folder.delete(folder.stop());
    records.delete(last);
  }
}
