package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.Strategy;
import dev.myelin.client.pick.Candidate;
import dev.myelin.client.pick.Choice;
import dev.myelin.client.pick.Picker;
import dev.myelin.client.pick.Roster;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All instances of a service, balanced by its picker. One for all callers of the service in this
/// process, so that they share what they learn of the instances.
final class BalancedTarget implements Target, Balance {

  private static final Duration NOTICE_AGAIN = Duration.ofSeconds(1);

  private final String service;
  private final Supplier<Resolver> source;
  private final Absence absence;
  private final Roster roster;
  private final RetryBudget budget;
  private volatile Use use;
  // stand-ins exist before the membership does, so it is asked for at the first use
  private volatile @Nullable Resolver resolver;

  /// Where instances come from.
  ///
  /// @param resolver finds them
  /// @param absence is told that there is none
  record Membership(Supplier<Resolver> resolver, Absence absence) {}

  /// What chooses.
  ///
  /// @param strategy by its name
  /// @param picker the thing itself
  record Use(Strategy strategy, Picker picker) {}

  BalancedTarget(
      String service, Membership membership, Roster roster, RetryBudget budget, Use use) {
    this.service = service;
    this.source = membership.resolver();
    this.absence = membership.absence();
    this.roster = roster;
    this.budget = budget;
    this.use = use;
  }

  /// Chooses by another strategy from now on.
  void use(Use other) {
    use = other;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public Strategy strategy() {
    return use.strategy();
  }

  @Override
  public @Nullable Candidate next(Choice choice, Deadline deadline) throws InterruptedException {
    var members = resolver();
    var snapshot = members.snapshot(service);
    while (true) {
      var candidate = use.picker().pick(roster.candidates(snapshot), choice);
      if (candidate != null) {
        return candidate;
      }
      var left = deadline.remaining();
      if (!left.isPositive()) {
        return null;
      }
      absence.noticed(service);
      var wait = left.compareTo(NOTICE_AGAIN) < 0 ? left : NOTICE_AGAIN;
      snapshot = members.awaitChange(service, snapshot, wait);
    }
  }

  @Override
  public @Nullable Candidate now(Choice choice) {
    return use.picker().pick(roster.candidates(resolver().snapshot(service)), choice);
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
  public List<Candidate> candidates() {
    return roster.candidates(resolver().snapshot(service)).asList();
  }

  @Override
  public List<Roster.Standing> standings() {
    return roster.standings(resolver().snapshot(service));
  }

  /// Whom this process has evidence against.
  List<InstanceId> suspects() {
    return roster.suspects();
  }

  @Override
  public int retries() {
    return budget.left();
  }

  @Override
  public RetryBudget budget() {
    return budget;
  }
}
