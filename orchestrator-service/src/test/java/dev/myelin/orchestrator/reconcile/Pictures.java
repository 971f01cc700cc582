package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.deploy.Exit;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.Spawned;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Picture.Stop;
import dev.myelin.orchestrator.reconcile.Stage.Spawning;
import dev.myelin.orchestrator.reconcile.Tracked.Identity;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Instance.ProcessIdentity;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Pictures for tests of what is planned.
final class Pictures {

  static final InstanceId ID = new InstanceId("price-list-1");
  static final String PRICES = "price-list";
  static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 4_000);
  static final long NOW = Long.MIN_VALUE + 1_000; // tickers may start, and wrap, anywhere

  private Pictures() {}

  static long ago(Duration time) {
    return NOW - time.toNanos();
  }

  static long in(Duration time) {
    return NOW + time.toNanos();
  }

  /// An instance of a service in some stage, as of now, alive, registered and named unless changed.
  record Case(
      String service,
      Stage stage,
      long since,
      Turn turn,
      boolean alive,
      @Nullable InstanceState state) {

    static Case of(Stage stage) {
      return new Case(PRICES, stage, NOW, Turn.free(NOW), true, InstanceState.SERVING);
    }

    Case since(Duration time) {
      return new Case(service, stage, ago(time), turn, alive, state);
    }

    Case busy() {
      return new Case(service, stage, since, new Turn(true, NOW), alive, state);
    }

    Case notBefore(Duration time) {
      return new Case(service, stage, since, new Turn(false, in(time)), alive, state);
    }

    Case dead() {
      return new Case(service, stage, since, turn, false, state);
    }

    Case listedAs(@Nullable InstanceState listed) {
      return new Case(service, stage, since, turn, alive, listed);
    }

    Case hosting(String name) {
      return new Case(name, stage, since, turn, alive, state);
    }

    Seen seen(InstanceId id, @Nullable String flag, int inFlight) {
      var spawned =
          stage instanceof Spawning
              ? null
              : new Spawned(id, new ProcessKey(42, Instant.EPOCH), new CompletableFuture<Exit>());
      var tracked =
          new Tracked(new Identity(id, service, Instant.EPOCH), spawned, stage, since, turn, flag);
      var member =
          state == null || stage instanceof Spawning
              ? null
              : new Member(instance(id), state, List.of(service));
      return new Seen(tracked, alive, alive ? "" : "ended with exit code 1", member, inFlight);
    }
  }

  static Instance instance(InstanceId id) {
    return new Instance(
        id,
        List.of(PRICES),
        ENDPOINT,
        null,
        new ProcessIdentity(Role.INSTANCE, 42, "b1", Instant.EPOCH));
  }

  static Picture picture(Map<String, Integer> desired, @Nullable Stop stop, Seen... seen) {
    return new Picture(NOW, desired, List.of(seen), List.of(), Set.of(), stop);
  }
}
