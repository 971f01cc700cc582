package dev.myelin.orchestrator.observe;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Flag.Census;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The members of the services that matter to the orchestrator, as they were last pushed.
/// Thread-safe; reading never blocks.
public final class MembershipWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MembershipWatch.class);

  private final Resolver resolver;
  private final Runnable changed;
  private final Map<String, Snapshot> snapshots = new ConcurrentHashMap<>();
  private final List<AutoCloseable> listenings = new ArrayList<>();

  /// Creates it.
  ///
  /// @param resolver where members come from
  /// @param changed called after each change, from the resolver's thread; must not block
  public MembershipWatch(Resolver resolver, Runnable changed) {
    this.resolver = resolver;
    this.changed = changed;
  }

  /// Starts to watch services, in addition to those watched already.
  ///
  /// @param services their names
  public synchronized void watch(Set<String> services) {
    for (var service : services) {
      if (snapshots.putIfAbsent(service, Snapshot.EMPTY) == null) {
        listenings.add(
            resolver.listen(
                service,
                snapshot -> {
                  snapshots.put(service, snapshot);
                  changed.run();
                }));
      }
    }
  }

  /// All members of the watched services, whatever their state; one that hosts several of them is
  /// there once.
  public Map<InstanceId, Member> members() {
    var members = new HashMap<InstanceId, Member>();
    snapshots.values().stream()
        .map(Snapshot::members)
        .flatMap(Collection::stream)
        .forEach(member -> members.put(member.instance().id(), member));
    return members;
  }

  /// How many of them are quarantined.
  public Census census() {
    var members = members().values();
    return new Census(
        members.size(),
        Math.toIntExact(
            members.stream()
                .filter(member -> member.state() == InstanceState.QUARANTINED)
                .count()));
  }

  /// Ends the watching.
  @Override
  public synchronized void close() {
    for (var listening : listenings) {
      try {
        listening.close();
      } catch (Exception e) {
        log.debug("Cannot end a listening", e);
      }
    }
    listenings.clear();
  }
}
