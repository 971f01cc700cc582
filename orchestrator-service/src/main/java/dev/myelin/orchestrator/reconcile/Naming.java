package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.reconcile.Action.Name;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Stage.Serving;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

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
    var taken = new HashSet<String>();
    // whoever is not taken over yet may be the named one
    picture.strangers().forEach(stranger -> taken.add(Staffing.serviceOf(stranger)));
    var oldest = new TreeMap<String, Seen>();
    for (var seen : picture.seen()) {
      var service = seen.tracked().service();
      if (!takesCalls(seen) || seen.core() || leaving.contains(seen.tracked().id())) {
        continue;
      }
      if (named(seen, service)) {
        taken.add(service);
      } else if (seen.tracked().stage() instanceof Serving) {
        oldest.merge(service, seen, BinaryOperator.minBy(OLDEST));
      }
    }
    oldest.keySet().removeAll(taken);
    return oldest.values().stream()
        .filter(seen -> seen.tracked().turn().ready(picture.now()))
        .<Action>map(seen -> new Name(seen.tracked().id()))
        .toList();
  }

  private static boolean takesCalls(Seen seen) {
    return seen.alive()
        && seen.condemned() == null
        && seen.tracked().stage().counts()
        && seen.member() != null
        && seen.member().state() == InstanceState.SERVING;
  }

  private static boolean named(Seen seen, String service) {
    return seen.member() != null && seen.member().named().contains(service);
  }
}
