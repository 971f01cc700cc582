package dev.myelin.orchestrator.scaling;

import dev.myelin.orchestrator.reconcile.AutoscaledService;
import dev.myelin.orchestrator.reconcile.AutoscaledService.Part;
import dev.myelin.orchestrator.reconcile.Stage;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceLoad;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// An instance with its permits and its queue: calls end at random, as many at a time as there are
/// permits. Before it serves it has calls of its own in flight, as a start-up does.
final class SimulatedInstance {

  private static final double COLD_SECONDS = 8;
  private static final int QUEUE = 128;
  private static final int START_UP_CALLS = 1_000;

  final InstanceId id;
  final double beatPhase;
  private final Surroundings surroundings;
  private final Random random;
  private final double servesAt;
  private Stage stage = new Stage.Starting();
  private long since;
  private double servingSince;
  private int inFlight;
  private long calls;
  private long shed;
  private long beats;

  SimulatedInstance(
      InstanceId id, Surroundings surroundings, Random random, double servesAt, long since) {
    this.id = id;
    this.surroundings = surroundings;
    this.random = random;
    this.servesAt = servesAt;
    this.since = since;
    this.beatPhase = random.nextDouble();
  }

  /// Lets it serve as if it had for long.
  void serveWarm(long now) {
    stage = new Stage.Serving();
    since = now - Duration.ofMinutes(10).toNanos();
    servingSince = -1_000;
  }

  boolean serving() {
    return stage instanceof Stage.Serving;
  }

  boolean counts() {
    return stage.counts();
  }

  boolean empty() {
    return inFlight == 0;
  }

  void retire(long now) {
    stage = new Stage.Retiring("fewer are needed");
    since = now;
  }

  Part part() {
    return new Part(id, stage, since, true);
  }

  void arrive() {
    if (inFlight >= surroundings.concurrency() + Math.max(QUEUE, surroundings.concurrency())) {
      shed++;
    } else {
      inFlight++;
    }
  }

  void pass(double seconds, double share, long now) {
    if (stage instanceof Stage.Starting && seconds >= servesAt) {
      stage = new Stage.Serving();
      since = now;
      servingSince = seconds;
    }
    double age = Math.max(0, seconds - servingSince);
    double slow = 1 + (surroundings.cold() - 1) * Math.max(0, 1 - age / COLD_SECONDS);
    double chance = 1 - Math.exp(-share / (surroundings.callSeconds() * slow));
    int running = Math.min(inFlight, surroundings.concurrency());
    int ended = 0;
    for (int i = 0; i < running; i++) {
      ended += random.nextDouble() < chance ? 1 : 0;
    }
    inFlight -= ended;
    calls += ended;
  }

  Heartbeat beat() {
    int shown = stage instanceof Stage.Starting ? START_UP_CALLS : inFlight;
    var load =
        new ServiceLoad(
            AutoscaledService.NAME,
            shown,
            surroundings.concurrency(),
            calls,
            0,
            Duration.ZERO,
            shed);
    return new Heartbeat(id, ++beats, List.of(load), CallTotals.NONE);
  }
}
