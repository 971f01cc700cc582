package dev.myelin.pubsub.membership;

import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.MembershipUpdate.Change;
import dev.myelin.wire.MembershipUpdate.Change.Joined;
import dev.myelin.wire.MembershipUpdate.Change.Left;
import dev.myelin.wire.MembershipUpdate.Change.StateChanged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a history the copy of a log that another process writes, from a subscription to all
/// services.
///
/// Such a subscription is told of every change, so that updates that were put together can be taken
/// apart again: each change has a version of its own, and a subscriber that had half of an update
/// from another pubsub can resume here. Used by one thread at a time.
public final class MembershipCopy {

  private final MembershipHistory history;

  /// Creates one.
  ///
  /// @param history what becomes the copy
  public MembershipCopy(MembershipHistory history) {
    this.history = history;
  }

  /// Does what an update says. An update that is known already changes nothing.
  ///
  /// @param update the next one of the subscription, whose hash was found right
  /// @throws IllegalStateException if something between it and the last one is missing
  public void apply(MembershipUpdate update) {
    long before = history.version();
    switch (update) {
      case MembershipUpdate.Snapshot(var generation, var version, var members) -> {
        if (version == before && generation.equals(history.generation())) {
          return;
        }
        history.open(generation, version, members.stream().map(Held::of).toList(), false);
      }
      case MembershipUpdate.Delta delta -> {
        if (delta.version() <= before) {
          return;
        }
        append(before, delta);
      }
    }
    history.tell();
  }

  private void append(long before, MembershipUpdate.Delta delta) {
    if (delta.changes().size() != delta.version() - before) {
      throw new IllegalStateException(
          "%d changes came for versions %d to %d"
              .formatted(delta.changes().size(), before + 1, delta.version()));
    }
    var entries = new ArrayList<LogEntry>();
    var changed = new HashMap<InstanceId, Optional<Held>>();
    for (var change : delta.changes()) {
      var id = change.id();
      var known = changed.getOrDefault(id, Optional.ofNullable(history.member(id))).orElse(null);
      var after = after(change, known);
      entries.add(new LogEntry(before + 1 + entries.size(), known, after));
      changed.put(id, Optional.ofNullable(after));
    }
    history.append(entries);
  }

  private static @Nullable Held after(Change change, @Nullable Held known) {
    return switch (change) {
      case Joined(var member) -> Held.of(member);
      case StateChanged(var id, var state) -> {
        if (known == null) {
          throw new IllegalStateException("Instance '%s' changed before it joined".formatted(id));
        }
        yield Held.of(known.member().withState(state));
      }
      case Left _ -> null;
    };
  }
}
