package dev.myelin.orchestrator.rollout;

import dev.myelin.wire.ApplicationView.Phase;
import dev.myelin.wire.ApplicationView.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The replacement of a version by another, as it is stored.
///
/// @param from what is replaced
/// @param to by what
/// @param phase how far it is
/// @param reason why it is or was rolled back; empty otherwise
/// @param times when it began and ended
/// @param held why it cannot go on, if it cannot
public record Rollout(
    ApplicationVersion from,
    ApplicationVersion to,
    Phase phase,
    String reason,
    Times times,
    @Nullable Held held) {

  /// Why a rollout cannot go on until somebody does something.
  ///
  /// @param service the first of which no instance can be replaced
  /// @param reason why
  public record Held(String service, String reason) {}

  /// What is to remain as things are.
  ApplicationVersion wanted() {
    return switch (phase) {
      case ROLLING, COMPLETED -> to;
      case ROLLING_BACK, ROLLED_BACK -> from;
    };
  }

  /// What is to go as things are.
  ApplicationVersion unwanted() {
    return switch (phase) {
      case ROLLING, COMPLETED -> from;
      case ROLLING_BACK, ROLLED_BACK -> to;
    };
  }

  Rollout in(Phase next, String why, Instant now) {
    return new Rollout(
        from,
        to,
        next,
        why.isEmpty() ? reason : why,
        new Times(times.startedAt(), next.underWay() ? null : now),
        null);
  }

  Rollout held(@Nullable Held why) {
    return new Rollout(from, to, phase, reason, times, why);
  }
}
