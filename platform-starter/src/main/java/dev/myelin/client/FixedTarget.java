package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.client.pick.Candidate;
import dev.myelin.client.pick.Choice;
import dev.myelin.wire.Endpoint;

/// One endpoint.
final class FixedTarget implements Target {

  private final Candidate only;
  private final RetryBudget budget;

  FixedTarget(Endpoint endpoint, RetryBudget budget) {
    this.only = Candidate.at(endpoint);
    this.budget = budget;
  }

  @Override
  public Candidate next(Choice choice, Deadline deadline) {
    return only;
  }

  @Override
  public Candidate now(Choice choice) {
    return only;
  }

  @Override
  public boolean balanced() {
    return false;
  }

  @Override
  public void unanswered(Candidate candidate) {}

  @Override
  public boolean otherInGoodStanding(Candidate candidate) {
    return false;
  }

  @Override
  public RetryBudget budget() {
    return budget;
  }
}
