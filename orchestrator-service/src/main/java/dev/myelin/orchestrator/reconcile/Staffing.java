package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.reconcile.Action.Spawn;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Stage.Ended;
import dev.myelin.orchestrator.reconcile.Stage.Serving;
import dev.myelin.orchestrator.reconcile.Stage.Spawning;
import dev.myelin.orchestrator.reconcile.Stage.Starting;
import dev.myelin.orchestrator.rollout.Rollout.Held;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Which instances are missing, and which are too many. Pure functions.
///
/// - What is missing is started the front first, then one instance of each service, then the rest;
///   no more at a time than the machine bears.
/// - What is too many leaves: instances that do not serve first, then those with the fewest calls
///   in flight, then the youngest.
/// - In an ordered stop fronts leave first, since they are what calls the rest; the rest follows,
///   all at once, when they are gone or half of the time is over, and then the other core
///   processes.
final class Staffing {

  private final ReconcileSettings.Counts limits;
  private final Replacement replacement;

  Staffing(ReconcileSettings.Counts limits) {
    this(limits, new Replacement(Duration.ZERO));
  }

  Staffing(ReconcileSettings.Counts limits, Replacement replacement) {
    this.limits = limits;
    this.replacement = replacement;
  }

  /// Who is to leave, and why.
  Map<InstanceId, String> leaving(Picture picture) {
    var stop = picture.stop();
    if (stop != null) {
      return stopping(picture, stop);
    }
    var leaving = new HashMap<InstanceId, String>();
    counting(picture)
        .forEach((service, present) -> {
          int desired =
              replacement.kept(picture, service, picture.desired().getOrDefault(service, 0));
          if (replacement.replacing(picture, service)) {
            replacement
                .leaving(picture, present, desired, leastUseful())
                .forEach(seen -> leaving.put(seen.tracked().id(), replaced(picture, service)));
            return;
          }
          present.stream()
              .sorted(leastUseful())
              .limit(Math.max(0, present.size() - desired))
              .forEach(seen -> leaving.put(seen.tracked().id(), reason(desired)));
        });
    return leaving;
  }

  private static String replaced(Picture picture, String service) {
    return "replaced by " + picture.versions().of(service);
  }

  private static String reason(int desired) {
    return desired == 0 ? "not wanted any more" : "%d are enough".formatted(desired);
  }

  private static Map<InstanceId, String> stopping(Picture picture, Picture.Stop stop) {
    boolean rest = picture.now() - stop.rest() >= 0 || allEnded(picture, Seen::front);
    boolean cores = picture.now() - stop.cores() >= 0 || allEnded(picture, seen -> !seen.core());
    var leaving = new HashMap<InstanceId, String>();
    for (var seen : picture.seen()) {
      if (seen.core() ? cores : seen.front() || rest) {
        leaving.put(seen.tracked().id(), "the cluster stops");
      }
    }
    return leaving;
  }

  private static boolean allEnded(Picture picture, Predicate<Seen> which) {
    return picture.seen().stream().filter(which).allMatch(Staffing::ended);
  }

  // One that has just died counts until that is noted: only then is it known how long to wait
  private static Map<String, List<Seen>> counting(Picture picture) {
    var counting = new HashMap<String, List<Seen>>();
    for (var seen : picture.seen()) {
      if (seen.tracked().stage().counts() && !seen.draining()) {
        counting.computeIfAbsent(seen.tracked().service(), _ -> new ArrayList<>()).add(seen);
      }
    }
    return counting;
  }

  private static Comparator<Seen> leastUseful() {
    return Comparator.comparing(Staffing::takesCalls)
        .thenComparingInt(Seen::inFlight)
        .thenComparing(seen -> seen.tracked().identity().startedAt(), Comparator.reverseOrder())
        .thenComparing(seen -> seen.tracked().id());
  }

  private static boolean takesCalls(Seen seen) {
    return seen.tracked().stage() instanceof Serving
        && seen.member() != null
        && seen.member().state() == InstanceState.SERVING;
  }

  /// What is to be started now, the most urgent first.
  List<Action> missing(Picture picture) {
    long starting = picture.seen().stream().filter(Staffing::starting).count();
    long room = Math.min(limits.starting() - starting, room(picture));
    var wanted = wanted(picture);
    return List.copyOf(wanted.subList(0, Math.clamp(room, 0, wanted.size())));
  }

  // How many more processes there may be
  private long room(Picture picture) {
    long processes = picture.seen().stream().filter(seen -> !ended(seen)).count();
    return limits.most() - processes - strangers(picture);
  }

  /// Why instances of another version cannot be replaced, if nothing that is under way will make
  /// room for the one that has to come first.
  Optional<Held> held(Picture picture) {
    var settled =
        picture.stop() == null
            && picture.strangers().isEmpty()
            && leaving(picture).isEmpty()
            && picture.seen().stream().allMatch(seen -> replacement.settled(picture, seen));
    if (!settled || room(picture) > 0) {
      return Optional.empty();
    }
    return wanted(picture).stream()
        .map(Spawn::service)
        .filter(service -> replacement.replacing(picture, service))
        .findFirst()
        .map(service -> new Held(service, full(picture, service)));
  }

  private String full(Picture picture, String service) {
    return ("there is no room for an instance of %s beside the others: myelin.core.processes.most"
            + " allows %d, and %d run; raise it, or lower a minInstances")
        .formatted(picture.versions().of(service), limits.most(), picture.seen().size());
  }

  private List<Spawn> wanted(Picture picture) {
    var present = present(picture);
    var desired = new LinkedHashMap<String, Integer>();
    picture
        .desired()
        .forEach(
            (service, count) -> desired.put(service, replacement.wanted(picture, service, count)));
    int most = desired.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    var wanted = new ArrayList<Spawn>();
    for (int round = 0; round < most; round++) {
      for (var each : desired.entrySet()) {
        boolean lacks = round < each.getValue() && round >= present.getOrDefault(each.getKey(), 0);
        if (lacks && !picture.waiting().contains(each.getKey())) {
          wanted.add(new Spawn(each.getKey()));
        }
      }
    }
    return wanted;
  }

  private static Map<String, Integer> present(Picture picture) {
    var present = new HashMap<String, Integer>();
    counting(picture).forEach((service, seen) -> present.merge(service, seen.size(), Integer::sum));
    picture.strangers().forEach(stranger -> present.merge(serviceOf(stranger), 1, Integer::sum));
    return present;
  }

  private static int strangers(Picture picture) {
    return picture.strangers().size();
  }

  /// What an instance that was not spawned here counts as.
  static String serviceOf(Instance stranger) {
    if (stranger.process().role() == Role.CORE) {
      return ServiceNames.CORE;
    }
    return stranger.process().role() == Role.FRONT || stranger.services().isEmpty()
        ? ServiceNames.FRONT
        : stranger.services().getFirst();
  }

  private static boolean starting(Seen seen) {
    return seen.alive()
        && switch (seen.tracked().stage()) {
          case Spawning(), Starting() -> true;
          case Stage _ -> false;
        };
  }

  private static boolean ended(Seen seen) {
    return !seen.alive() || seen.tracked().stage() instanceof Ended;
  }
}
