package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.reconcile.Action.Name;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Stage.Serving;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Which instance stands for its service where callers' strategy is `orchestrated`. Pure functions.
///
/// The one that is named stays so as long as it serves and is not about to leave. Then the oldest
/// of the others is named, before the former drains: it is the most likely to stay. Every service
/// has a named instance, since its callers may choose that strategy at any time.
final class Naming {

  private static final Comparator<Seen> OLDEST =
      Comparator.comparing((Seen seen) -> seen.tracked().identity().startedAt())
          .thenComparing(seen -> seen.tracked().id());

  private Naming() {}

  /// Who is to be named now.
  ///
  /// @param picture what is there
  /// @param leaving who is about to leave
  static List<Action> missing(Picture picture, Set<InstanceId> leaving) {
    var standing = new TreeMap<String, List<Seen>>();
    for (var seen : picture.seen()) {
      if (stands(seen) && !leaving.contains(seen.tracked().id())) {
        standing.computeIfAbsent(seen.tracked().service(), _ -> new ArrayList<>()).add(seen);
      }
    }
    var names = new ArrayList<Action>();
    standing.forEach((service, instances) -> {
      if (instances.stream().noneMatch(seen -> named(seen, service))) {
        instances.stream()
            .min(OLDEST)
            .filter(seen -> seen.tracked().turn().ready(picture.now()))
            .ifPresent(seen -> names.add(new Name(seen.tracked().id())));
      }
    });
    return names;
  }

  private static boolean stands(Seen seen) {
    return seen.alive()
        && seen.condemned() == null
        && seen.tracked().stage() instanceof Serving
        && seen.member() != null
        && seen.member().state() == InstanceState.SERVING;
  }

  private static boolean named(Seen seen, String service) {
    return seen.member() != null && seen.member().named().contains(service);
  }
}
