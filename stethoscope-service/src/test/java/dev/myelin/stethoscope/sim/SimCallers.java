package dev.myelin.stethoscope.sim;

import dev.myelin.client.pick.EjectionSettings;
import dev.myelin.client.pick.Roster;
import dev.myelin.membership.Snapshot;

/// Callers with the production roster, which learn of the membership and of nothing else.
final class SimCallers {

  private final SimCluster cluster;
  private final Roster roster;
  private long version;

  SimCallers(SimCluster cluster) {
    this.cluster = cluster;
    this.roster = new Roster("a", EjectionSettings.defaults(), _ -> true, () -> cluster.time.now());
  }

  /// Makes calls, each to one of those that may be chosen.
  ///
  /// @return the share that reached one that serves
  double answered(int calls) {
    var candidates = roster.candidates(new Snapshot(++version, cluster.members())).asList();
    int answered = 0;
    for (int call = 0; call < calls && !candidates.isEmpty(); call++) {
      var chosen = candidates.get(cluster.random.nextInt(candidates.size()));
      var instance = cluster.instances.get(chosen.id());
      answered += instance != null && instance.well() ? 1 : 0;
    }
    return (double) answered / calls;
  }
}
