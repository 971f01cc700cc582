package dev.myelin.orchestrator.state;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.flag.FlagMemory;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the flags taken within the last minute in the cluster's folder, `flags.json`. Thread-safe,
/// as long as one orchestrator acts.
public final class FolderFlags implements FlagMemory {

  private final EpochFile<Kept> file;
  private final LeaderLease lease;
  private final Time time;

  /// What the file holds.
  ///
  /// @param epoch of the lease under which it was written
  /// @param taken the flags
  record Kept(long epoch, List<Taken> taken) implements EpochFile.Content {}

  /// A flag.
  ///
  /// @param id which instance was flagged
  /// @param at when
  record Taken(InstanceId id, Instant at) {}

  /// Creates it.
  ///
  /// @param folder the cluster's folder
  /// @param lease under which it is written
  /// @param time for the dates of flags
  public FolderFlags(ClusterFolder folder, LeaderLease lease, Time time) {
    this.file = new EpochFile<>(folder, "flags.json", Kept.class);
    this.lease = lease;
    this.time = time;
  }

  @Override
  public Map<InstanceId, Duration> recall() {
    var now = time.now();
    var ages = new HashMap<InstanceId, Duration>();
    file.read()
        .map(Kept::taken)
        .orElse(List.of())
        .forEach(taken -> ages.put(taken.id(), Duration.between(taken.at(), now)));
    return ages;
  }

  @Override
  public void keep(Map<InstanceId, Duration> ages) {
    var now = time.now();
    lease
        .epoch()
        .ifPresent(epoch ->
            file.write(
                new Kept(
                    epoch,
                    ages.entrySet().stream()
                        .map(each -> new Taken(each.getKey(), now.minus(each.getValue())))
                        .toList())));
  }
}
