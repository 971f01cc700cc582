package dev.myelin.pubsub.cluster;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Status;
import dev.myelin.wire.MembershipChange;
import java.time.Duration;

/// Makes the changes that callers ask for, at whichever pubsub writes the membership.
///
/// Where that one cannot be reached it waits for it, or for the next one, up to the call's
/// deadline: every change may be made twice, so a caller need not know that the writer died.
/// Thread-safe; blocks the calling thread.
public final class Changes {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final SharedMembership membership;

  /// Creates them.
  ///
  /// @param membership what is changed
  public Changes(SharedMembership membership) {
    this.membership = membership;
  }

  /// Makes a change, within the deadline of the current call.
  ///
  /// @param change what is asked for
  /// @return version of the membership that has the change
  /// @throws CallException if nobody wrote it in time
  public long make(MembershipChange change) {
    var deadline = Deadline.currentOr(LIMIT);
    while (true) {
      try {
        return attempt(change, deadline);
      } catch (CallException e) {
        if (!membership.awaitStep(deadline)) {
          throw new CallException(
              Status.UNAVAILABLE,
              e.execution(),
              "No pubsub wrote the change %s in time: %s".formatted(change, e.getMessage()),
              e);
        }
      }
    }
  }

  private long attempt(MembershipChange change, Deadline deadline) {
    if (membership.writing()) {
      return membership.write(change);
    }
    var writer =
        membership
            .writer()
            .orElseThrow(() ->
                SharedMembership.notWritten("it is not known which pubsub writes the membership"));
    try {
      return deadline.during(() -> writer.pubsub().get().write(change));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("pubsub throws no checked exception", e);
    }
  }
}
