package dev.myelin.client;

import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Member;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Endpoints → one, for each attempt. Thread-safe; never blocks.
interface Picker {

  /// Chooses the instance for the next attempt.
  ///
  /// @param snapshot members of the service
  /// @param promising whether a member is worth an attempt now
  /// @return one that may take calls, preferring the promising ones; null if there is none at all
  @Nullable Member pick(Snapshot snapshot, Predicate<Member> promising);
}
