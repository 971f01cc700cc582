package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.client.pick.Candidate;
import dev.myelin.client.pick.Choice;
import dev.myelin.client.pick.Picker;
import dev.myelin.client.pick.Roster;
import dev.myelin.membership.Resolver;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All instances of a service, balanced by its picker. One for all callers of the service in this
/// process, so that they share what they learn of the instances.
final class BalancedTarget implements Target {

  private final String service;
  private final Supplier<Resolver> source;
  private final Roster roster;
  private final RetryBudget budget;
  private volatile Picker picker;
  // stand-ins exist before the membership does, so it is asked for at the first use
  private volatile @Nullable Resolver resolver;

  BalancedTarget(
      String service, Supplier<Resolver> source, Roster roster, RetryBudget budget, Picker picker) {
    this.service = service;
    this.source = source;
    this.roster = roster;
    this.budget = budget;
    this.picker = picker;
  }

  /// Chooses by another picker from now on.
  void use(Picker other) {
    picker = other;
  }

  @Override
  public @Nullable Candidate next(Choice choice, Deadline deadline) throws InterruptedException {
    var members = resolver();
    var snapshot = members.snapshot(service);
    while (true) {
      var candidate = picker.pick(roster.candidates(snapshot), choice);
      if (candidate != null) {
        return candidate;
      }
      var left = deadline.remaining();
      if (!left.isPositive()) {
        return null;
      }
      snapshot = members.awaitChange(service, snapshot, left);
    }
  }

  @Override
  public @Nullable Candidate now(Choice choice) {
    return picker.pick(roster.candidates(resolver().snapshot(service)), choice);
  }

  private Resolver resolver() {
    var known = resolver;
    if (known == null) {
      known = source.get();
      resolver = known;
    }
    return known;
  }

  @Override
  public boolean balanced() {
    return true;
  }

  @Override
  public void unanswered(Candidate candidate) {
    roster.failed(candidate);
  }

  @Override
  public boolean otherInGoodStanding(Candidate candidate) {
    return roster.candidates(resolver().snapshot(service)).otherInGoodStanding(candidate);
  }

  @Override
  public RetryBudget budget() {
    return budget;
  }
}
