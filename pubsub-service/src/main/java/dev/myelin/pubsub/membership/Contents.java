package dev.myelin.pubsub.membership;

import com.google.errorprone.annotations.concurrent.LazyInit;
import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everybody at one moment of a membership's history. Immutable.
///
/// One object serves all subscribers that ask at that moment: what each service has is sorted out
/// once, by the first who asks, so that thousands who come back at the same time cost what they are
/// sent and not what there is.
public final class Contents {

  private final String generation;
  private final long version;
  private final List<Held> members;

  // Made twice by two threads at worst, with the same outcome
  @LazyInit private volatile @Nullable Map<String, List<Held>> byService;

  Contents(String generation, long version, Collection<Held> members) {
    this.generation = generation;
    this.version = version;
    this.members = List.copyOf(members);
  }

  /// Name of the log that the version belongs to.
  public String generation() {
    return generation;
  }

  /// Version of the membership; 0 = nothing is known yet.
  public long version() {
    return version;
  }

  /// All members in order of their ids.
  public List<Held> members() {
    return members;
  }

  /// The members that a subscriber wants to hear of, in order of their ids.
  ///
  /// @param subscription what it wants
  public List<Held> wantedBy(MembershipSubscription subscription) {
    var services = subscription.services();
    if (services.contains("*")) {
      return members;
    }
    var index = index();
    if (services.size() == 1) {
      return index.getOrDefault(services.iterator().next(), List.of());
    }
    var wanted = new TreeMap<InstanceId, Held>();
    for (var service : services) {
      for (var held : index.getOrDefault(service, List.of())) {
        wanted.put(held.member().instance().id(), held);
      }
    }
    return List.copyOf(wanted.values());
  }

  private Map<String, List<Held>> index() {
    var made = byService;
    if (made == null) {
      made = new HashMap<>();
      for (var held : members) {
        for (var service : held.member().instance().services()) {
          made.computeIfAbsent(service, _ -> new ArrayList<>()).add(held);
        }
      }
      byService = made;
    }
    return made;
  }
}
