package dev.myelin.pubsub.cluster;

import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipChange;
import dev.myelin.wire.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Removes core processes from the membership that are not found any more where core processes are
/// found, for a while: one that was killed could not say that it left, and its pod's successor has
/// another address. One that is removed by mistake registers again. Used by one thread.
public final class GoneCores {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final SharedMembership membership;
  private final MembershipHistory history;
  private final InstanceId self;
  private final Peers peers;
  private final LongSupplier nanoTicker;
  private final Map<InstanceId, Long> missingSince = new HashMap<>();

  /// Creates it.
  ///
  /// @param membership what they are removed from, where it is written here
  /// @param history who is a member
  /// @param self this process
  /// @param peers the core processes that are found
  /// @param nanoTicker interval clock, as [System#nanoTime()] is one
  public GoneCores(
      SharedMembership membership,
      MembershipHistory history,
      InstanceId self,
      Peers peers,
      LongSupplier nanoTicker) {
    this.membership = membership;
    this.history = history;
    this.self = self;
    this.peers = peers;
    this.nanoTicker = nanoTicker;
  }

  /// Looks; to be called about once a second.
  public void look() {
    if (!membership.writing()) {
      missingSince.clear();
      return;
    }
    var found = peers.others().stream().map(Peers.Peer::id).toList();
    long now = nanoTicker.getAsLong();
    var missing = cores().stream().filter(id -> !id.equals(self) && !found.contains(id)).toList();
    missingSince.keySet().retainAll(missing);
    for (var id : missing) {
      long since = missingSince.computeIfAbsent(id, _ -> now);
      if (now - since >= PATIENCE.toNanos()) {
        membership.write(new MembershipChange.Deregister(id, "its address is gone"));
      }
    }
  }

  private List<InstanceId> cores() {
    return history.contents().members().stream()
        .map(Held::member)
        .map(member -> member.instance())
        .filter(instance -> instance.process().role() == Role.CORE)
        .map(Instance::id)
        .toList();
  }
}
