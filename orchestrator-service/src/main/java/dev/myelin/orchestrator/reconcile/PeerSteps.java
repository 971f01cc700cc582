package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.orchestrator.retire.Certificates;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.RetirementView.Subject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Actions that take a call: to the instance itself, or to pubsub about it.
final class PeerSteps {

  private static final Logger log = LoggerFactory.getLogger(PeerSteps.class);
  private static final Duration CHECK_AGAIN = Duration.ofSeconds(1);
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final Steps steps;
  private final PubSub pubSub;
  private final InstanceControls controls;
  private final Books books;

  /// Where things are written down.
  ///
  /// @param records what runs
  /// @param ledger the calls made
  /// @param certificates what became of the calls of those that left
  record Books(SpawnRecords records, CallLedger ledger, Certificates certificates) {}

  PeerSteps(Steps steps, PubSub pubSub, InstanceControls controls, Books books) {
    this.steps = steps;
    this.pubSub = pubSub;
    this.controls = controls;
    this.books = books;
  }

  /// Asks an adopted instance whether it is well. Clients are told of its quarantine only where it
  /// does not answer at once: most do, and their callers need not notice.
  void check(long epoch, Tracked entry, Endpoint endpoint) {
    boolean quarantined = entry.stage() instanceof Stage.Adopting(var told) && told;
    steps.begin(
        epoch,
        entry,
        () -> {
          try {
            controls.at(endpoint).check();
          } catch (RuntimeException e) {
            log.debug("Instance '{}' at {} does not answer a check", entry.id(), endpoint, e);
            if (!quarantined) {
              announce(epoch, entry, Change.QUARANTINE, "to be adopted, does not answer");
            }
            steps.roster().update(entry.id(), this::quarantined);
            return;
          }
          if (quarantined) {
            announce(epoch, entry, Change.RELEASE, "adopted");
          }
          steps.advance(entry, new Stage.Serving());
        });
  }

  // Keeps the time at which it was found, which the limit counts from
  private Tracked quarantined(Tracked entry) {
    return entry.stage() instanceof Stage.Adopting
        ? new Tracked(
            entry.identity(),
            entry.spawned(),
            new Stage.Adopting(true),
            entry.since(),
            new Turn(false, steps.time().nanos() + CHECK_AGAIN.toNanos()),
            entry.flag())
        : entry;
  }

  private long announce(long epoch, Tracked entry, Change change, String reason) {
    return pubSub.announce(new Announcement(entry.id(), change, reason, epoch));
  }

  /// Announces that an instance leaves; from now on it counts no more.
  void retire(long epoch, Tracked entry, String reason) {
    var retiring = new Stage.Retiring(reason);
    var leaving = entry.stage().equals(retiring) ? entry : steps.enter(entry, retiring);
    steps.begin(
        epoch,
        leaving,
        () -> {
          books.certificates().announced(subject(entry), reason);
          steps.advance(
              leaving, new Stage.Announced(announce(epoch, entry, Change.DRAIN, reason), reason));
        });
  }

  private static Subject subject(Tracked entry) {
    return new Subject(entry.id(), entry.service(), entry.identity().version());
  }

  /// Names an instance as the one of its service.
  void name(long epoch, Tracked entry) {
    steps.begin(
        epoch,
        entry,
        () -> {
          pubSub.name(entry.id(), entry.service(), epoch);
          steps.later(entry, Duration.ZERO);
        });
  }

  /// Asks whether all clients know that an instance leaves.
  void askAcknowledgement(long epoch, Tracked entry, long version) {
    steps.begin(
        epoch,
        entry,
        () -> {
          var acknowledgement = pubSub.acknowledgement(version);
          if (acknowledgement.complete()) {
            books.certificates().acknowledged(entry.id());
            steps.advance(entry, new Stage.Acknowledged(entry.stage().reason()));
          } else {
            books.certificates().missing(entry.id(), acknowledgement.pending());
            steps.later(entry, ASK_AGAIN);
          }
        });
  }

  /// Lets an instance finish its calls and end, by a signal where it cannot be told.
  void drain(long epoch, Tracked entry, Action.Drain drain, Runnable signal) {
    var draining = steps.enter(entry, new Stage.Draining(drain.until(), drain.reason()));
    steps.begin(
        epoch,
        draining,
        () -> {
          books.certificates().told(subject(entry), drain.reason());
          if (!told(entry, drain.endpoint(), drain.until())) {
            signal.run();
          }
          steps.later(draining, Duration.ZERO);
        });
  }

  private boolean told(Tracked entry, @Nullable Endpoint endpoint, long until) {
    if (endpoint == null) {
      return false;
    }
    try {
      var limit = Duration.ofNanos(Math.max(1, until - steps.time().nanos()));
      controls.at(endpoint).drain(limit);
      return true;
    } catch (RuntimeException e) {
      log.debug("Instance '{}' at {} cannot be told to drain", entry.id(), endpoint, e);
      return false;
    }
  }

  /// Removes an instance that has ended from membership, then from the records.
  ///
  /// @param last whether it is forgotten even where pubsub does not answer
  void bury(long epoch, Tracked entry, String how, boolean last) {
    steps.begin(
        epoch,
        entry,
        () -> {
          try {
            pubSub.deregister(entry.id(), how);
          } catch (RuntimeException e) {
            if (!last) {
              throw e;
            }
            log.debug("Instance '{}' could not be deregistered", entry.id(), e);
          }
          books.records().bury(entry.id());
          books.ledger().close(entry.id());
          books.certificates().ended(subject(entry), how);
          steps.forget(entry.id());
        });
  }
}
