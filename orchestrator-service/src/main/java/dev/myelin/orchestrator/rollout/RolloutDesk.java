package dev.myelin.orchestrator.rollout;

import dev.myelin.orchestrator.state.UnusableApplicationException;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ApplicationView.Progress;
import dev.myelin.wire.ApplicationView.RolloutView;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.RolloutAnswer.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where an orchestrator is asked for a rollout, and about it, whether it acts or not: it answers
/// by the folder, and leaves there what the acting one is to do. Thread-safe.
///
/// A second rollout is refused while one is under way, rather than let it take the first one's
/// place: between the two there would be three versions at once. What is under way can be undone.
public final class RolloutDesk {

  private final RolloutStore store;
  private final Function<Path, ApplicationDescription> describer;
  private final Time time;
  private final Runnable wake;

  /// Creates it.
  ///
  /// @param store what is kept in the folder
  /// @param describer asks a jar for its services; takes seconds
  /// @param time for the moments of wishes
  /// @param wake makes the loop look, if it is here
  public RolloutDesk(
      RolloutStore store,
      Function<Path, ApplicationDescription> describer,
      Time time,
      Runnable wake) {
    this.store = store;
    this.describer = describer;
    this.time = time;
    this.wake = wake;
  }

  /// Begins to replace the application's version; asks the jar for its services first.
  ///
  /// @param application name of the application
  /// @param jar the new jar
  public RolloutAnswer rollOut(String application, Path jar) {
    var refusal = refusal(application);
    if (refusal != null) {
      return refusal;
    }
    Path copy = null;
    try {
      var name = application.replaceAll("[^A-Za-z0-9._-]", "_");
      copy = store.copy(jar.toAbsolutePath().normalize(), name + "-" + time.now().toEpochMilli());
      var description = describer.apply(copy);
      var answer = judge(application, copy, description);
      if (answer.verdict() != Verdict.ACCEPTED) {
        store.deleteJar(copy);
      }
      return answer;
    } catch (UnusableApplicationException | UncheckedIOException e) {
      if (copy != null) {
        store.deleteJar(copy);
      }
      return new RolloutAnswer(Verdict.UNUSABLE_JAR, String.valueOf(e.getMessage()));
    }
  }

  private RolloutAnswer judge(String application, Path copy, ApplicationDescription description) {
    if (!description.application().equals(application)) {
      return new RolloutAnswer(
          Verdict.UNUSABLE_JAR,
          "The jar is the application '%s', not '%s': give both the same spring.application.name."
              .formatted(description.application(), application));
    }
    var refusal = refusal(application); // a minute may have passed
    if (refusal != null) {
      return refusal;
    }
    store.ask(new RolloutRequest(copy.toString(), description, "", time.now()));
    wake.run();
    return new RolloutAnswer(
        Verdict.ACCEPTED, "Build %s of '%s'".formatted(description.build(), application));
  }

  private @Nullable RolloutAnswer refusal(String application) {
    var state = store.load().orElse(null);
    var unknown = unknown(state, application);
    if (unknown != null) {
      return unknown;
    }
    var underWay = state == null ? null : state.underWay();
    if (underWay == null && !store.asked()) {
      return null;
    }
    return new RolloutAnswer(
        Verdict.CONFLICT,
        underWay == null
            ? "A rollout is about to begin; wait for its end."
            : "The rollout of %s is under way (%s); wait for its end, or undo it with DELETE."
                .formatted(underWay.to().name(), underWay.phase()));
  }

  private static @Nullable RolloutAnswer unknown(@Nullable RolloutState state, String application) {
    if (state == null) {
      return new RolloutAnswer(
          Verdict.UNKNOWN_APPLICATION, "No orchestrator has begun to act here yet.");
    }
    var running = state.current().description().application();
    return running.equals(application)
        ? null
        : new RolloutAnswer(
            Verdict.UNKNOWN_APPLICATION,
            "No application '%s' runs here; this is '%s'.".formatted(application, running));
  }

  /// Undoes what is under way.
  ///
  /// @param application name of the application
  /// @param reason why
  public RolloutAnswer rollBack(String application, String reason) {
    var state = store.load().orElse(null);
    var unknown = unknown(state, application);
    if (unknown != null) {
      return unknown;
    }
    var underWay = state == null ? null : state.underWay();
    if (underWay == null) {
      return new RolloutAnswer(Verdict.CONFLICT, "No rollout is under way.");
    }
    store.ask(new RolloutRequest(null, null, reason, time.now()));
    wake.run();
    return new RolloutAnswer(
        Verdict.ACCEPTED, "The rollout of %s is undone.".formatted(underWay.to().name()));
  }

  /// Names of the application's services, those of both versions while one is replaced; empty until
  /// an orchestrator has acted.
  public List<String> services() {
    return store.load().map(RolloutState::services).orElse(List.of());
  }

  /// The application; empty until an orchestrator has acted.
  ///
  /// @param progress how far it is with each service, given the name of the version that remains
  public Optional<ApplicationView> view(Function<String, List<Progress>> progress) {
    return store
        .load()
        .map(state ->
            new ApplicationView(
                state.current().description().application(),
                state.current().view(),
                state.rollout() == null ? null : view(state.rollout(), progress)));
  }

  private static RolloutView view(Rollout rollout, Function<String, List<Progress>> progress) {
    return new RolloutView(
        rollout.from().view(),
        rollout.to().view(),
        rollout.phase(),
        rollout.reason(),
        rollout.times(),
        rollout.phase().underWay()
            ? held(progress.apply(rollout.wanted().name()), rollout.held())
            : List.of());
  }

  private static List<Progress> held(List<Progress> all, Rollout.@Nullable Held held) {
    if (held == null) {
      return all;
    }
    var found = new Progress(held.service(), 0, 0);
    var others = new ArrayList<Progress>();
    for (var each : all) {
      if (each.service().equals(held.service())) {
        found = each;
      } else {
        others.add(each);
      }
    }
    others.addFirst(new Progress(held.service(), found.updated(), found.outdated(), held.reason()));
    return others;
  }
}
