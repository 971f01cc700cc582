package dev.myelin.pubsub.membership;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipHash;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate.Change;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One change of the membership, from which each subscriber is told its own view of it.
///
/// @param version version of the membership after it
/// @param before the member as it was; nothing if it joined
/// @param after the member as it is; nothing if it left
public record LogEntry(long version, @Nullable Held before, @Nullable Held after) {

  /// A member with its own [MembershipHash], computed once for all subscribers.
  ///
  /// @param member the member
  /// @param hash its part of a membership's hash
  public record Held(Member member, long hash) {

    /// Computes the hash.
    ///
    /// @param member the member
    public static Held of(Member member) {
      return new Held(member, MembershipHash.of(List.of(member)));
    }

    /// Whether a subscriber wants to hear of the member.
    ///
    /// @param subscription what it wants
    public boolean wantedBy(MembershipSubscription subscription) {
      return member.instance().services().stream().anyMatch(subscription::wants)
          || subscription.services().contains("*");
    }
  }

  /// Which instance changed.
  public InstanceId id() {
    return Objects.requireNonNull(after == null ? before : after).member().instance().id();
  }

  /// What a subscriber has to be told; empty if the change does not concern it.
  ///
  /// An instance that gives up a service it wanted has left in its view, whatever else it hosts.
  ///
  /// @param subscription what it wants
  public Optional<Change> seenBy(MembershipSubscription subscription) {
    var was = visible(before, subscription);
    var is = visible(after, subscription);
    if (is != null) {
      var member = is.member();
      return Optional.of(
          was != null && stateAlone(was.member(), member)
              ? new Change.StateChanged(member.instance().id(), member.state())
              : new Change.Joined(member));
    }
    return was == null
        ? Optional.empty()
        : Optional.of(new Change.Left(was.member().instance().id()));
  }

  // whoever is told of a name is told of the whole member: older clients know that change
  private static boolean stateAlone(Member was, Member is) {
    return was.instance().equals(is.instance()) && was.named().equals(is.named());
  }

  /// By how much the hash of a subscriber's members changes.
  ///
  /// @param subscription what it wants
  public long hashStep(MembershipSubscription subscription) {
    return hash(visible(after, subscription)) - hash(visible(before, subscription));
  }

  private static @Nullable Held visible(@Nullable Held held, MembershipSubscription subscription) {
    return held != null && held.wantedBy(subscription) ? held : null;
  }

  private static long hash(@Nullable Held held) {
    return held == null ? 0 : held.hash();
  }
}
