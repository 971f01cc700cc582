package dev.myelin.membership;

import dev.myelin.wire.MembershipUpdate;
import java.util.function.Predicate;

/// Who is told what a [FeedConnection] brings. Called by tasks of its scheduler.
interface FeedReceiver {

  /// An update is applied.
  ///
  /// @param membership what is known now
  /// @param update what made it so
  /// @param affected tells whether a service's members are known and may have changed
  void applied(AppliedMembership membership, MembershipUpdate update, Predicate<String> affected);

  /// A connection stands that is the first one, follows a lost one, or leads to another log.
  void connected();

  /// The connection is lost.
  void lost();
}
