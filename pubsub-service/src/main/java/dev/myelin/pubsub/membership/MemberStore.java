package dev.myelin.pubsub.membership;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import java.util.List;

/// Where the members outlive the process, so that a pubsub that starts again never tells clients
/// that nobody is there. Used by one thread at a time.
public interface MemberStore {

  /// The members stored, in order of their ids. One that cannot be read is left out: it registers
  /// again.
  List<Member> load();

  /// Stores a member, replacing what was stored under its id.
  ///
  /// @param member the member
  /// @throws java.io.UncheckedIOException if it cannot be stored; what was stored before remains
  void save(Member member);

  /// Removes a member; without effect where there is none.
  ///
  /// @param id its id
  /// @throws java.io.UncheckedIOException if it cannot be removed
  void remove(InstanceId id);
}
