package dev.myelin.orchestrator.reconcile;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.wire.InstanceId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The instances the orchestrator is responsible for. The one mutable thing that the loop, the
/// actions and the views share: thread-safe, never blocks, hands out immutable entries.
public final class Roster {

  private static final int REMEMBERED = 1_000;

  @GuardedBy("this")
  private final Map<InstanceId, Tracked> entries = new LinkedHashMap<>();

  // Membership may list an instance for a moment after its end
  @GuardedBy("this")
  private final Set<InstanceId> gone = new LinkedHashSet<>();

  /// Creates an empty one.
  public Roster() {}

  /// All entries, in the order in which they came.
  public synchronized List<Tracked> all() {
    return List.copyOf(entries.values());
  }

  /// One entry.
  ///
  /// @param id which instance
  public synchronized Optional<Tracked> find(InstanceId id) {
    return Optional.ofNullable(entries.get(id));
  }

  /// Whether an instance is here, or was and has ended.
  ///
  /// @param id which instance
  public synchronized boolean knows(InstanceId id) {
    return entries.containsKey(id) || gone.contains(id);
  }

  /// Whether an instance was here and has ended.
  ///
  /// @param id which instance
  public synchronized boolean buried(InstanceId id) {
    return gone.contains(id);
  }

  /// Flags an instance to die; without effect on one that is not here.
  ///
  /// @param id which instance
  /// @param reason why, for people
  public synchronized void flag(InstanceId id, String reason) {
    update(id, entry -> entry.flagged(reason));
  }

  /// Adds an entry.
  ///
  /// @param entry of an instance that is not here
  synchronized void add(Tracked entry) {
    entries.put(entry.id(), entry);
  }

  /// Replaces an entry, if it is here.
  ///
  /// @param id which instance
  /// @param change from the entry as it is to what it becomes; must not block
  synchronized void update(InstanceId id, UnaryOperator<Tracked> change) {
    entries.computeIfPresent(id, (_, entry) -> change.apply(entry));
  }

  /// Removes the entry of an instance that has ended.
  ///
  /// @param id which instance
  synchronized void remove(InstanceId id) {
    entries.remove(id);
    gone.add(id);
    if (gone.size() > REMEMBERED) {
      gone.remove(gone.iterator().next());
    }
  }

  /// Forgets everything, ended or not.
  synchronized void clear() {
    entries.clear();
    gone.clear();
  }
}
