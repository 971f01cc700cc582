package dev.myelin.wire;

import java.util.Collection;

/// Order-independent 64-bit hash of members and their states, by which both ends of a subscription
/// notice that they differ.
///
/// The sum of one FNV-1a hash a member over id, state and endpoint; a sum, so that adding and
/// removing members does not depend on their order. It guards against defects and lost updates, not
/// against an adversary. What members are named for is left out: that is a preference, and clients
/// that do not know of it would find a difference for ever.
public final class MembershipHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private MembershipHash() {}

  /// Hashes the members.
  ///
  /// @param members in any order
  public static long of(Collection<Member> members) {
    long sum = 0;
    for (var member : members) {
      sum += hash(member);
    }
    return sum;
  }

  private static long hash(Member member) {
    var text = member.instance().id() + "|" + member.state() + "|" + member.instance().endpoint();
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }
}
