package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.reconcile.Action.Adopt;
import dev.myelin.orchestrator.reconcile.Action.Announce;
import dev.myelin.orchestrator.reconcile.Action.AskAcknowledgement;
import dev.myelin.orchestrator.reconcile.Action.Bury;
import dev.myelin.orchestrator.reconcile.Action.Check;
import dev.myelin.orchestrator.reconcile.Action.Drain;
import dev.myelin.orchestrator.reconcile.Action.Kill;
import dev.myelin.orchestrator.reconcile.Action.MarkEnded;
import dev.myelin.orchestrator.reconcile.Action.MarkServing;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Stage.Acknowledged;
import dev.myelin.orchestrator.reconcile.Stage.Adopting;
import dev.myelin.orchestrator.reconcile.Stage.Announced;
import dev.myelin.orchestrator.reconcile.Stage.Draining;
import dev.myelin.orchestrator.reconcile.Stage.Ended;
import dev.myelin.orchestrator.reconcile.Stage.Killed;
import dev.myelin.orchestrator.reconcile.Stage.Retiring;
import dev.myelin.orchestrator.reconcile.Stage.Serving;
import dev.myelin.orchestrator.reconcile.Stage.Spawning;
import dev.myelin.orchestrator.reconcile.Stage.Starting;
import dev.myelin.orchestrator.rollout.Rollout.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From what is desired and observed to what is to be done next. A pure function: it neither waits
/// nor remembers, so a step that failed is planned again as long as it is needed.
///
/// Each instance is taken one step on in its own life, as the table of [Stage] has it; one on which
/// an action is being carried out is left alone, unless it has ended or is to die. What is missing
/// or too many is [Staffing]'s answer, which one stands for its service [Naming]'s.
public final class Planner {

  private static final Duration KILL_AGAIN = Duration.ofSeconds(5);

  private final ReconcileSettings settings;
  private final Staffing staffing;

  /// Creates it.
  ///
  /// @param settings limits to keep
  public Planner(ReconcileSettings settings) {
    this.settings = settings;
    this.staffing = new Staffing(settings.counts(), new Replacement(settings.rollout().settle()));
  }

  /// Plans the next actions; none when everything is as desired or under way.
  ///
  /// @param picture what is desired and observed
  public List<Action> plan(Picture picture) {
    var actions = new ArrayList<Action>();
    var leaving = staffing.leaving(picture);
    for (var seen : picture.seen()) {
      var action = next(picture, seen, leaving.get(seen.tracked().id()));
      if (action != null) {
        actions.add(action);
      }
    }
    if (picture.stop() == null) {
      picture.strangers().forEach(stranger -> actions.add(new Adopt(stranger)));
      actions.addAll(staffing.missing(picture));
      actions.addAll(Naming.missing(picture, leaving.keySet()));
    }
    return actions;
  }

  /// Why a rollout cannot go on, if it cannot.
  ///
  /// @param picture what is desired and observed
  Optional<Held> held(Picture picture) {
    return staffing.held(picture);
  }

  private @Nullable Action next(Picture picture, Seen seen, @Nullable String leaving) {
    var tracked = seen.tracked();
    var urgent = urgent(picture, seen);
    if (urgent != null || !tracked.turn().ready(picture.now())) {
      return urgent;
    }
    return switch (tracked.stage()) {
      case Spawning() -> null;
      case Starting() -> starting(picture, seen, leaving);
      case Adopting _ -> adopting(picture, seen, leaving);
      case Serving() -> serving(seen, leaving);
      case Retiring(var reason) ->
          waited(picture, tracked, settings.retirement().acknowledge())
              ? drain(picture, seen, reason)
              : new Announce(tracked.id(), reason);
      case Announced(var version, var reason) ->
          waited(picture, tracked, settings.retirement().acknowledge())
              ? drain(picture, seen, reason)
              : new AskAcknowledgement(tracked.id(), version);
      case Acknowledged(var reason) -> drain(picture, seen, reason);
      case Draining(var until, var reason) ->
          picture.now() - until >= settings.retirement().grace().toNanos()
              ? new Kill(tracked.id(), reason + "; did not end after its drain")
              : null;
      case Killed(var reason) ->
          waited(picture, tracked, KILL_AGAIN) ? new Kill(tracked.id(), reason) : null;
      case Ended(var how) -> new Bury(tracked.id(), how);
    };
  }

  // What does not wait for an action that is being carried out
  private static @Nullable Action urgent(Picture picture, Seen seen) {
    var tracked = seen.tracked();
    return switch (tracked.stage()) {
      case Spawning(), Ended _ -> null;
      case Stage _ when !seen.alive() ->
          new MarkEnded(tracked.id(), seen.exit(), seen.member() != null);
      case Killed _ -> null;
      case Stage stage -> {
        var stop = picture.stop();
        if (seen.condemned() != null) {
          yield new Kill(tracked.id(), "flagged: " + seen.condemned());
        }
        yield stop != null && picture.now() - stop.until() >= 0
            ? new Kill(tracked.id(), "%s; out of time".formatted(stage.reason()))
            : null;
      }
    };
  }

  private @Nullable Action starting(Picture picture, Seen seen, @Nullable String leaving) {
    var tracked = seen.tracked();
    if (leaving != null) {
      return drain(picture, seen, leaving);
    }
    if (seen.member() != null) {
      return new MarkServing(tracked.id());
    }
    return waited(picture, tracked, settings.startTimeout())
        ? new Kill(tracked.id(), "has not registered after " + text(settings.startTimeout()))
        : null;
  }

  private @Nullable Action adopting(Picture picture, Seen seen, @Nullable String leaving) {
    var tracked = seen.tracked();
    var endpoint = seen.endpoint();
    if (leaving != null || seen.draining()) {
      return new Announce(tracked.id(), leaving != null ? leaving : "was leaving already");
    }
    if (waited(picture, tracked, settings.startTimeout())) {
      return new Kill(tracked.id(), "has not answered after " + text(settings.startTimeout()));
    }
    return endpoint == null ? null : new Check(tracked.id(), endpoint);
  }

  private static @Nullable Action serving(Seen seen, @Nullable String leaving) {
    if (leaving == null && !seen.draining()) {
      return null;
    }
    return new Announce(seen.tracked().id(), leaving != null ? leaving : "was leaving already");
  }

  private Action drain(Picture picture, Seen seen, String reason) {
    long limit = settings.retirement().drain().toNanos();
    var stop = picture.stop();
    // A ticker may overflow, so times are compared by their distance
    long left = stop == null ? limit : Math.min(limit, stop.until() - picture.now());
    return new Drain(seen.tracked().id(), seen.endpoint(), picture.now() + left, reason);
  }

  private static boolean waited(Picture picture, Tracked tracked, Duration limit) {
    return picture.now() - tracked.since() >= limit.toNanos();
  }

  private static String text(Duration limit) {
    return limit.toSeconds() + " s";
  }
}
