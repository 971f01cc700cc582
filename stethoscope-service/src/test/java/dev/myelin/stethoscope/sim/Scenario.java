package dev.myelin.stethoscope.sim;

import dev.myelin.stethoscope.sim.History.Event;
import dev.myelin.stethoscope.sim.SimNetwork.Weather;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A short life of a small cluster, drawn from a seed, in which one kind of thing goes wrong; and
/// what has to hold of it.
public enum Scenario {
  /// One instance after the other hangs.
  HANGS,
  /// A third of the instances hang at once.
  MASS_HANG,
  /// A checker is stopped, or starved.
  STARVED_CHECKER,
  /// A checker hears nothing of some instances.
  DEAF_CHECKER,
  /// Messages are lost and late.
  ROUGH_NETWORK,
  /// A stethoscope dies while an instance hangs.
  DEAD_STETHOSCOPE,
  /// Stethoscopes come, while an instance hangs.
  NEW_STETHOSCOPE,
  /// An instance beats, but takes no calls, and callers say so; of another they are wrong.
  COMPLAINTS,
  /// Pubsub is away while a deaf checker's patients are accused and cleared.
  NO_PUBSUB,
  /// A few hang at once, not too many to be believed.
  FEW_HANG,
  /// The other stethoscope is dead, but still listed, while an instance hangs.
  LONE_SURVIVOR,
  /// Instances pause for a moment longer than a quarantine takes, again and again.
  PAUSES;

  private static final int INSTANCES = 40;

  /// Runs it.
  ///
  /// @param seed of all that is drawn
  /// @param parts what the cluster is made of
  /// @return what did not hold; empty if all did
  public List<String> run(long seed, Parts parts) {
    var cluster = new SimCluster(seed, parts);
    int stethoscopes = this == DEAD_STETHOSCOPE ? 3 : 2;
    for (int i = 1; i <= stethoscopes; i++) {
      cluster.open("core-" + i);
    }
    cluster.spawn(INSTANCES);
    cluster.run(4 + cluster.random.nextDouble());
    cluster.watchForUnwatched(Duration.ofSeconds(3), Duration.ofMillis(250));
    var broken = new ArrayList<String>();
    happen(cluster, broken);
    cluster.run(5);
    check(cluster, broken);
    return broken;
  }

  private void happen(SimCluster cluster, List<String> broken) {
    switch (this) {
      case HANGS -> {
        for (int i = 0; i < 4; i++) {
          cluster.hang(cluster.drawn(1).getFirst());
          cluster.run(15 + cluster.random.nextInt(10));
        }
        cluster.run(170);
        require(broken, kills(cluster) == 4, "4 hung, killed " + kills(cluster));
        quick(cluster, broken, 2.5);
      }
      case MASS_HANG -> {
        cluster.drawn(INSTANCES / 3).forEach(cluster::hang);
        cluster.run(120);
        require(broken, kills(cluster) == 0, "kills while a third is suspect: " + kills(cluster));
      }
      case STARVED_CHECKER -> starve(cluster);
      case DEAF_CHECKER -> {
        deafen(cluster, 0.3 + cluster.random.nextDouble() * 0.6);
        cluster.run(40);
        cluster.network.heal();
        require(broken, quarantined(cluster) == 0, "quarantined, though the other hears them");
      }
      case ROUGH_NETWORK -> {
        cluster.network.weather(Weather.ROUGH);
        cluster.run(60);
        require(broken, quarantined(cluster) == 0, "quarantined by loss: " + quarantined(cluster));
        cluster.network.weather(Weather.CALM);
      }
      case DEAD_STETHOSCOPE -> {
        cluster.kill(stethoscope(cluster), Duration.ofSeconds(20));
        cluster.run(cluster.random.nextDouble() * 3);
        cluster.hang(cluster.drawn(1).getFirst());
        cluster.run(60);
        require(broken, kills(cluster) == 1, "1 hung, killed " + kills(cluster));
        quick(cluster, broken, 7);
        require(broken, quarantined(cluster) == 0, "quarantined by the move");
      }
      case NEW_STETHOSCOPE -> {
        cluster.open("core-7");
        cluster.run(cluster.random.nextDouble() * 2);
        cluster.hang(cluster.drawn(1).getFirst());
        cluster.run(40);
        require(broken, quarantined(cluster) == 0, "quarantined by the move");
        quick(cluster, broken, 6);
      }
      case COMPLAINTS -> complain(cluster, broken);
      case NO_PUBSUB -> {
        cluster.pubsub.away = true;
        var paused = cluster.drawn(2);
        paused.forEach(each -> each.process.freeze(Duration.ofSeconds(4)));
        cluster.run(6);
        cluster.pubsub.away = false;
        cluster.run(5);
        cluster.hang(cluster.drawn(1).getFirst());
        cluster.pubsub.away = true;
        cluster.run(3);
        cluster.pubsub.away = false;
        cluster.run(5);
        require(broken, quarantined(cluster) == 0, "announced out of date");
        quick(cluster, broken, 6);
      }
      case FEW_HANG -> {
        cluster.drawn(INSTANCES * 15 / 100).forEach(cluster::hang);
        cluster.run(150);
        require(broken, kills(cluster) == INSTANCES * 15 / 100, "killed " + kills(cluster));
      }
      case LONE_SURVIVOR -> {
        cluster.kill(stethoscope(cluster), Duration.ofSeconds(60));
        cluster.hang(cluster.drawn(1).getFirst());
        cluster.run(55);
        require(broken, kills(cluster) == 0, "killed with one vote of two");
        cluster.run(60);
        require(broken, kills(cluster) == 1, "1 hung, killed " + kills(cluster));
      }
      case PAUSES -> {
        for (int i = 0; i < 10; i++) {
          var pause = Duration.ofMillis(2_000 + cluster.random.nextInt(1_200));
          cluster.drawn(1).getFirst().process.freeze(pause);
          cluster.run(6);
        }
      }
    }
  }

  private static SimStethoscope stethoscope(SimCluster cluster) {
    var all = new ArrayList<>(cluster.stethoscopes.values());
    return all.get(cluster.random.nextInt(all.size()));
  }

  private static void starve(SimCluster cluster) {
    var checker = stethoscope(cluster);
    checker.process.freeze(Duration.ofMillis(1_500 + cluster.random.nextInt(4_000)));
    cluster.run(12);
    for (int step = 0; step < 40; step++) {
      checker.process.freeze(Duration.ofMillis(300 + cluster.random.nextInt(150)));
      cluster.run(0.5);
    }
  }

  private static void deafen(SimCluster cluster, double share) {
    var deaf = stethoscope(cluster).instance.id();
    var far = new HashSet<InstanceId>();
    cluster.drawn((int) (INSTANCES * share)).forEach(instance -> far.add(instance.instance.id()));
    cluster.network.cut((from, to) -> to.equals(deaf) && far.contains(from));
  }

  private static void complain(SimCluster cluster, List<String> broken) {
    var drawn = cluster.drawn(3);
    var mute = drawn.get(0);
    var innocent = drawn.get(1).instance.id();
    mute.mute = true;
    drawn.get(2).suspected.add(mute.instance.id());
    drawn.get(2).suspected.add(innocent);
    cluster.run(7);
    var quarantines = cluster.history.all(Event.Quarantined.class);
    require(
        broken,
        quarantines.stream().anyMatch(event -> event.id().equals(mute.instance.id())),
        "does not answer, but is not quarantined");
    require(
        broken,
        quarantines.stream().noneMatch(event -> event.id().equals(innocent)),
        "answers, but is quarantined on evidence");
    cluster.run(40);
    require(broken, kills(cluster) == 0, "killed on evidence");
    mute.mute = false;
  }

  private static void quick(SimCluster cluster, List<String> broken, double limit) {
    var detections = cluster.history.detections();
    double worst = History.percentile(detections, 1);
    require(broken, worst <= limit, "in rotation for %s s after it hung".formatted(worst));
  }

  private static int kills(SimCluster cluster) {
    return cluster.history.all(Event.Killed.class).size();
  }

  private static int quarantined(SimCluster cluster) {
    return cluster.history.falseQuarantines().size();
  }

  private static void require(List<String> broken, boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  /// What has to hold whatever happened.
  private static void check(SimCluster cluster, List<String> broken) {
    var history = cluster.history;
    require(broken, history.falseKills().isEmpty(), "killed though it serves");
    require(broken, cluster.wronged().isEmpty(), "still quarantined though it serves");
    require(
        broken,
        history.mostKillsInAMinute() <= INSTANCES / 10,
        "killed within a minute: " + history.mostKillsInAMinute());
    require(broken, history.all(Event.Unwatched.class).isEmpty(), "unwatched for more than 3 s");
    for (var killed : history.all(Event.Killed.class)) {
      int votes = new HashSet<>(killed.flag().votes()).size();
      require(
          broken, votes >= 2 || killed.stethoscopes() < 2, "killed with %d vote".formatted(votes));
      require(
          broken,
          killed.suspect() <= Math.max(1, 0.15 * killed.members()),
          "killed while %d are suspect".formatted(killed.suspect()));
    }
  }
}
