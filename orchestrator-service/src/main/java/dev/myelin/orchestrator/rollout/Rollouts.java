package dev.myelin.orchestrator.rollout;

import dev.myelin.orchestrator.rollout.Versions.Order;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription.Service;
import dev.myelin.wire.ApplicationView.Phase;
import dev.myelin.wire.ApplicationView.Times;
import dev.myelin.wire.ServiceNames;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The application's versions as the acting orchestrator knows them. Confined to the loop's thread,
/// but for [#versions].
///
/// Each change is in the folder before it is acted upon, so that whoever acts next goes on from
/// there.
public final class Rollouts {

  private static final Logger log = LoggerFactory.getLogger(Rollouts.class);

  private final RolloutStore store;
  private final ApplicationVersion launched;
  private final Time time;
  private RolloutState state;
  private volatile Versions versions = Versions.NONE;

  /// Creates it.
  ///
  /// @param store what is kept in the folder
  /// @param launched what the cluster was started with
  /// @param time for the moments of changes
  public Rollouts(RolloutStore store, ApplicationVersion launched, Time time) {
    this.store = store;
    this.launched = launched;
    this.time = time;
    this.state = fresh(0, 0);
  }

  private RolloutState fresh(int last, long epoch) {
    int number = last + 1;
    var version =
        new ApplicationVersion("v" + number, launched.jar(), time.now(), launched.description());
    return new RolloutState(launched.description().build(), version, number, null, epoch);
  }

  /// Begins to act. What the folder says goes on; a cluster that was stopped in order, or of which
  /// nothing runs any more, begins with the jar it was started with.
  ///
  /// Where the folder cannot be read, nothing is replaced; where it cannot be written to, this
  /// orchestrator acts all the same, and only the next one will not know.
  ///
  /// @param epoch epoch of the lease
  /// @param living whether processes of an earlier orchestrator run
  public void begin(long epoch, boolean living) {
    state = fresh(0, epoch);
    versions = Versions.NONE;
    try {
      state = found(epoch, living);
      versions = versions(state);
      store.save(state);
    } catch (UncheckedIOException | IllegalStateException e) {
      log.error("The versions of the application cannot be kept", e);
    }
  }

  private RolloutState found(long epoch, boolean living) {
    var found = store.load().orElse(null);
    var build = launched.description().build();
    if (found == null) {
      return fresh(0, epoch);
    }
    if (found.launched().equals(build)) {
      return in(epoch, found);
    }
    if (living) {
      log.warn(
          "'{}' is build {}, but {} of build {} runs and goes on; POST the jar to /-/applications/{} to replace it",
          launched.jar(),
          build,
          found.current().name(),
          found.current().description().build(),
          found.current().description().application());
      return in(epoch, found);
    }
    return fresh(found.last(), epoch);
  }

  private static RolloutState in(long epoch, RolloutState found) {
    return new RolloutState(
        found.launched(), found.current(), found.last(), found.rollout(), epoch);
  }

  /// Forgets everything: the cluster has ended in order.
  public void end() {
    store.clear();
  }

  private void keep(RolloutState next) {
    store.save(next);
    state = next;
    versions = versions(next);
  }

  /// Takes up what somebody wants.
  ///
  /// @return whether anything has changed
  public boolean takeUp() {
    if (!store.asked()) {
      return false;
    }
    var before = state;
    for (var request : store.take()) {
      var jar = request.jar();
      var description = request.description();
      if (jar == null || description == null) {
        happened(new RolloutEvent.Undone(request.reason()));
      } else if (state.underWay() != null) {
        log.warn("'{}' is not rolled out: another rollout is under way", jar);
      } else {
        int number = state.last() + 1;
        accept(number, new ApplicationVersion("v" + number, jar, time.now(), description));
      }
    }
    return !state.equals(before);
  }

  private void accept(int number, ApplicationVersion to) {
    var times = new Times(time.now(), null);
    var rollout = new Rollout(state.current(), to, Phase.ROLLING, "", times, null);
    keep(new RolloutState(state.launched(), state.current(), number, rollout, state.epoch()));
    store.retainJars(Set.of(state.current().jar(), to.jar()));
    log.info(
        "application={} rollout=begun from={} to={} build={}",
        to.description().application(),
        rollout.from().name(),
        to.name(),
        to.description().build());
  }

  /// Notes what has happened to the rollout; without effect where the table has no row for it.
  ///
  /// @param event what
  /// @return whether anything has changed
  public boolean happened(RolloutEvent event) {
    var rollout = state.underWay();
    if (rollout == null) {
      return false;
    }
    var phase = RolloutTable.next(rollout.phase(), event.kind()).orElse(null);
    if (phase == null) {
      return false;
    }
    var next = rollout.in(phase, event.reason(), time.now());
    var current = phase.underWay() ? state.current() : next.wanted();
    keep(new RolloutState(state.launched(), current, state.last(), next, state.epoch()));
    log.info(
        "application={} rollout={} from={} to={}{}",
        current.description().application(),
        phase,
        rollout.from().name(),
        rollout.to().name(),
        next.reason().isEmpty() ? "" : " reason=\"" + next.reason() + "\"");
    return true;
  }

  /// Notes whether the rollout under way can go on; said once when that changes.
  ///
  /// @param held why it cannot, if it cannot
  public void held(Rollout.@Nullable Held held) {
    var rollout = state.underWay();
    if (rollout == null || Objects.equals(rollout.held(), held)) {
      return;
    }
    keep(
        new RolloutState(
            state.launched(), state.current(), state.last(), rollout.held(held), state.epoch()));
    var application = state.current().description().application();
    if (held == null) {
      log.info("application={} rollout={} goes on", application, rollout.phase());
    } else {
      log.warn(
          "application={} rollout={} cannot go on: service={} reason=\"{}\"",
          application,
          rollout.phase(),
          held.service(),
          held.reason());
    }
  }

  /// The rollout under way, if one is.
  public @Nullable Phase phase() {
    var rollout = state.underWay();
    return rollout == null ? null : rollout.phase();
  }

  /// Name of the version that is to be everywhere in the end.
  public String wanted() {
    var rollout = state.underWay();
    return (rollout == null ? state.current() : rollout.wanted()).name();
  }

  /// What each service is to run; from any thread.
  public Versions versions() {
    return versions;
  }

  /// Name of the version that a process nobody recorded runs, as far as its build tells; empty if
  /// it is of another build.
  ///
  /// @param service what it hosts
  /// @param build what it was built from
  public String versionOf(String service, String build) {
    var rollout = state.rollout();
    var wanted = rollout == null ? state.current() : rollout.wanted();
    if (versions.of(service).isEmpty()) {
      return "";
    }
    if (wanted.description().build().equals(build)) {
      return wanted.name();
    }
    return rollout != null && rollout.unwanted().description().build().equals(build)
        ? rollout.unwanted().name()
        : "";
  }

  /// The services to be kept running: those of the wanted version, and while instances are replaced
  /// those that only the other version has.
  public List<Service> services() {
    var rollout = state.underWay();
    if (rollout == null) {
      return state.current().description().services();
    }
    var services = new ArrayList<>(rollout.wanted().description().services());
    services.addAll(removed(rollout));
    return services;
  }

  private static List<Service> removed(Rollout rollout) {
    var remaining =
        rollout.wanted().description().services().stream()
            .map(Service::name)
            .collect(Collectors.toUnmodifiableSet());
    return rollout.unwanted().description().services().stream()
        .filter(service -> !remaining.contains(service.name()))
        .toList();
  }

  private static Versions versions(RolloutState state) {
    var rollout = state.underWay();
    var wanted = rollout == null ? state.current() : rollout.wanted();
    var names = new HashMap<String, String>();
    names.put(ServiceNames.FRONT, wanted.name());
    wanted.description().services().forEach(service -> names.put(service.name(), wanted.name()));
    var removed = new HashSet<String>();
    var jars = new HashMap<>(jars(wanted));
    if (rollout != null) {
      jars.putAll(jars(rollout.unwanted()));
      for (var service : removed(rollout)) {
        removed.add(service.name());
        names.put(service.name(), rollout.unwanted().name());
      }
    }
    return new Versions(names, jars, removed, order(rollout));
  }

  private static Map<String, String> jars(ApplicationVersion version) {
    return Map.of(version.name(), version.jar());
  }

  private static Order order(@Nullable Rollout rollout) {
    return rollout != null && rollout.phase() == Phase.ROLLING_BACK
        ? Order.FRONT_FIRST
        : Order.SERVICES_FIRST;
  }
}
