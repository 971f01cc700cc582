package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.client.pick.Candidate;
import dev.myelin.client.pick.Choice;
import org.jspecify.annotations.Nullable;

/// Where the attempts of one service's calls go. Thread-safe.
interface Target {

  /// Chooses an instance for the next attempt, waiting for one until the deadline if there is none.
  ///
  /// @param choice what is known of the call
  /// @param deadline of the call
  /// @return null if there was none until the deadline
  @Nullable Candidate next(Choice choice, Deadline deadline) throws InterruptedException;

  /// Chooses an instance for the next attempt; never waits.
  ///
  /// @param choice what is known of the call
  /// @return null if there is none now
  @Nullable Candidate now(Choice choice);

  /// Whether another attempt may reach another instance, or the same one when it is back.
  boolean balanced();

  /// Takes note that an attempt got no answer.
  void unanswered(Candidate candidate);

  /// Whether an instance other than that one answered the last time it was asked.
  boolean otherInGoodStanding(Candidate candidate);

  /// What limits the service's retries.
  RetryBudget budget();
}
