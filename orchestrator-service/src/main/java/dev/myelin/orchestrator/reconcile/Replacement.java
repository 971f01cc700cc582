package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Stage.Ended;
import dev.myelin.orchestrator.reconcile.Stage.Serving;
import dev.myelin.orchestrator.reconcile.Stage.Spawning;
import dev.myelin.orchestrator.reconcile.Stage.Starting;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// How instances of one version are replaced by those of another. Pure functions.
///
/// - A service gets one instance more than desired, of the wanted version. Once that is ready, one
///   of another version leaves, and when its process has ended the next one comes: of a service
///   there is never more than one process too many, and never one instance too few.
/// - An instance is ready when it has registered, takes calls, and has done so for a moment.
/// - The front comes after the services, so that what it calls is there; on the way back before
///   them, for the same reason.
/// - A service that the wanted version does not have goes when nobody is left who could call it.
final class Replacement {

  private final Duration settle;

  Replacement(Duration settle) {
    this.settle = settle;
  }

  /// Number of instances that a service should have, one more than desired while one is replaced.
  int wanted(Picture picture, String service, int desired) {
    int kept = kept(picture, service, desired);
    return kept > 0 && replacing(picture, service) && processes(picture, service) <= kept
        ? kept + 1
        : kept;
  }

  /// Number of instances that a service should keep: the desired one, or none where it has gone
  /// from the application.
  int kept(Picture picture, String service, int desired) {
    return picture.versions().removed().contains(service) && othersFinished(picture) ? 0 : desired;
  }

  private boolean othersFinished(Picture picture) {
    return remaining(picture).allMatch(other -> finished(picture, other));
  }

  private static Stream<String> remaining(Picture picture) {
    var versions = picture.versions();
    return picture.desired().keySet().stream()
        .filter(service -> !versions.of(service).isEmpty())
        .filter(service -> !versions.removed().contains(service));
  }

  /// Whether instances of a service are to be replaced, and it is its turn.
  boolean replacing(Picture picture, String service) {
    return turn(picture, service)
        && picture.seen().stream()
            .anyMatch(seen -> counts(seen, service) && outdated(picture, seen));
  }

  private boolean turn(Picture picture, String service) {
    boolean front = service.equals(ServiceNames.FRONT);
    return switch (picture.versions().order()) {
      case SERVICES_FIRST ->
          !front
              || remaining(picture)
                  .filter(other -> !other.equals(ServiceNames.FRONT))
                  .allMatch(other -> finished(picture, other));
      case FRONT_FIRST -> front || finished(picture, ServiceNames.FRONT);
    };
  }

  /// Which of a service's instances leave now, if it is being replaced.
  ///
  /// @param present those that count
  /// @param kept how many there should be
  /// @param leastUseful who goes first
  List<Seen> leaving(Picture picture, List<Seen> present, int kept, Comparator<Seen> leastUseful) {
    int total = present.size();
    int ready = Math.toIntExact(present.stream().filter(seen -> ready(picture, seen)).count());
    var leaving = new ArrayList<Seen>();
    var outdated =
        present.stream().filter(seen -> outdated(picture, seen)).sorted(leastUseful).toList();
    for (var seen : outdated) {
      boolean serves = serves(seen);
      if (serves ? ready > kept : starting(seen) || (quarantined(seen) && total > kept)) {
        leaving.add(seen);
        total--;
        ready -= serves ? 1 : 0;
      }
    }
    return leaving;
  }

  /// Whether every process of a service is of the wanted version, and as many as desired are ready.
  boolean finished(Picture picture, String service) {
    int desired = picture.desired().getOrDefault(service, 0);
    long ready =
        picture.seen().stream()
            .filter(seen -> counts(seen, service) && ready(picture, seen))
            .count();
    return ready >= desired
        && picture.seen().stream()
            .noneMatch(seen -> counts(seen, service) && outdated(picture, seen));
  }

  /// Whether nothing is left to be replaced: no process of another version, none of a service that
  /// has gone, and all that is desired is ready.
  boolean finished(Picture picture) {
    var removed = picture.versions().removed();
    return othersFinished(picture)
        && picture.seen().stream()
            .filter(seen -> !(seen.tracked().stage() instanceof Ended))
            .noneMatch(
                seen -> removed.contains(seen.tracked().service()) || outdated(picture, seen));
  }

  /// Instances as if nothing were replaced: of a service that is being replaced without the one
  /// that came beside the others.
  static List<Seen> settled(Picture picture) {
    var settled = new ArrayList<>(picture.seen());
    for (var service : picture.versions().wanted().keySet()) {
      if (picture.seen().stream()
          .anyMatch(seen -> counts(seen, service) && outdated(picture, seen))) {
        picture.seen().stream()
            .filter(seen -> counts(seen, service) && !outdated(picture, seen))
            .findFirst()
            .ifPresent(settled::remove);
      }
    }
    return settled;
  }

  static boolean outdated(Picture picture, Seen seen) {
    return picture
        .versions()
        .outdated(seen.tracked().service(), seen.tracked().identity().version());
  }

  private boolean ready(Picture picture, Seen seen) {
    return serves(seen)
        && (outdated(picture, seen)
            || (seen.tracked().stage() instanceof Serving
                && picture.now() - seen.tracked().since() >= settle.toNanos()));
  }

  /// Whether an instance stays as it is unless somebody does something.
  boolean settled(Picture picture, Seen seen) {
    return seen.tracked().stage() instanceof Serving
        && (seen.core() || outdated(picture, seen) || ready(picture, seen));
  }

  // One that is being adopted takes calls as well, as it did for the orchestrator before
  private static boolean serves(Seen seen) {
    return seen.alive()
        && seen.tracked().stage().counts()
        && seen.member() != null
        && seen.member().state() == InstanceState.SERVING;
  }

  private static boolean quarantined(Seen seen) {
    return seen.tracked().stage() instanceof Serving
        && seen.member() != null
        && seen.member().state() == InstanceState.QUARANTINED;
  }

  private static boolean starting(Seen seen) {
    return switch (seen.tracked().stage()) {
      case Spawning(), Starting() -> true;
      case Stage _ -> false;
    };
  }

  private static boolean counts(Seen seen, String service) {
    return seen.tracked().service().equals(service)
        && seen.tracked().stage().counts()
        && !seen.draining();
  }

  private static long processes(Picture picture, String service) {
    return picture.seen().stream()
        .filter(seen -> seen.tracked().service().equals(service))
        .filter(seen -> seen.alive() && !(seen.tracked().stage() instanceof Ended))
        .count();
  }
}
