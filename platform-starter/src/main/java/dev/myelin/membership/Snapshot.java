package dev.myelin.membership;

import dev.myelin.wire.Member;
import java.util.List;

/// Immutable, versioned list of a service's members, which a picker reads.
///
/// @param version grows with every change; 0 = nothing has been heard yet
/// @param members in order of their ids, whatever their state
public record Snapshot(long version, List<Member> members) {

  /// Nothing heard yet.
  public static final Snapshot EMPTY = new Snapshot(0, List.of());

  /// Copies the members.
  public Snapshot {
    members = List.copyOf(members);
  }
}
