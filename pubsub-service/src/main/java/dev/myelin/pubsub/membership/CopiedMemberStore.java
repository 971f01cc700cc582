package dev.myelin.pubsub.membership;

import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import java.util.List;

/// The members as this pubsub has copied them from the one that wrote before: there is no other
/// store where several pubsubs share nothing but a right to write.
///
/// What the last writer had told nobody but its own subscribers when it was killed is lost:
/// instances register again when they have lost their pubsub, and now and then anyway; who said
/// that it leaves says it until it is heard. Where all pubsubs ended at once nothing is left, and
/// all instances register again.
public final class CopiedMemberStore implements MemberStore {

  private final MembershipHistory history;

  /// Creates one.
  ///
  /// @param history the copy
  public CopiedMemberStore(MembershipHistory history) {
    this.history = history;
  }

  @Override
  public List<Member> load() {
    return history.contents().members().stream().map(Held::member).toList();
  }

  // The history has it as soon as it is seen
  @Override
  public void save(Member member) {}

  @Override
  public void remove(InstanceId id) {}
}
