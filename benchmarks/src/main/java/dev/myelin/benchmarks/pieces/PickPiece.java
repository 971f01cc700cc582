package dev.myelin.benchmarks.pieces;

import dev.myelin.Strategy;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.pick.Candidate;
import dev.myelin.client.pick.Choice;
import dev.myelin.client.pick.EjectionSettings;
import dev.myelin.client.pick.Picker;
import dev.myelin.client.pick.Roster;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Chooses an instance among ten, as each attempt of a call does.
public class PickPiece {
  private static final int INSTANCES = 10;
  private static final double THRESHOLD = 0.8;

  /// Makes the benchmark; JMH does.
  public PickPiece() {}

  /// The instances, and who chooses. Public because the classes that JMH generates use it.
  @State(Scope.Benchmark)
  public static class Choosing {
    /// How it is chosen.
    @Param({"ROUND_ROBIN", "LEAST_LOADED", "STICKY", "SINGLE", "ORCHESTRATED", "PREFERRED"})
    public String strategy = "";

    private final Roster roster =
        new Roster("piece", EjectionSettings.defaults(), _ -> true, System::nanoTime);
    private @Nullable Picker picker;
    private Snapshot snapshot = Snapshot.EMPTY;

    /// Makes an empty state.
    public Choosing() {}

    /// Lets the instances join.
    @Setup
    public void join() {
      var members = new ArrayList<Member>();
      var process = new Instance.ProcessIdentity(Role.INSTANCE, 1, "benchmark", Instant.EPOCH);
      for (var i = 0; i < INSTANCES; i++) {
        var endpoint = new Endpoint("127.0.0.1", 1 + i);
        members.add(
            new Member(
                new Instance(
                    new InstanceId("piece-" + i), List.of("piece"), endpoint, null, process),
                InstanceState.SERVING));
      }
      snapshot = new Snapshot(1, members);
      picker =
          BalanceSettings.defaults()
              .pickers()
              .create(Strategy.valueOf(strategy), List.of(), THRESHOLD);
    }

    @Nullable Candidate pick(Choice choice) {
      return Objects.requireNonNull(picker).pick(roster.candidates(snapshot), choice);
    }
  }

  private enum Keyed implements Choice {
    ONE;

    @Override
    public boolean tried(Candidate candidate) {
      return false;
    }

    @Override
    public long key() {
      return 0x9e3779b97f4a7c15L;
    }
  }

  /// One choice.
  @Benchmark
  public @Nullable Object pick(Choosing state) {
    return state.pick(Keyed.ONE);
  }
}
