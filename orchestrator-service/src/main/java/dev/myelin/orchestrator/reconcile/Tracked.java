package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.deploy.Spawned;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the orchestrator knows of one instance it is responsible for. Immutable.
///
/// @param identity who it is
/// @param spawned its process, once there is one
/// @param stage how far it is
/// @param since the ticker's reading when it got there
/// @param turn when an action on it may begin
/// @param flag why it is to die, if somebody said so
public record Tracked(
    Identity identity,
    @Nullable Spawned spawned,
    Stage stage,
    long since,
    Turn turn,
    @Nullable String flag) {

  /// What never changes of an instance.
  ///
  /// @param id its identity
  /// @param service name of the service it hosts; [dev.myelin.wire.ServiceNames#FRONT] for a front
  /// @param startedAt when it was started
  /// @param version name of the application's version that it runs; empty where it has none, or
  ///   none that is known
  public record Identity(InstanceId id, String service, Instant startedAt, String version) {

    /// An instance without a version.
    ///
    /// @param id its identity
    /// @param service name of the service it hosts
    /// @param startedAt when it was started
    public Identity(InstanceId id, String service, Instant startedAt) {
      this(id, service, startedAt, "");
    }
  }

  /// When an action on an instance may begin.
  ///
  /// @param busy whether one is being carried out
  /// @param notBefore the ticker's reading until which the last one's failure has to be waited out
  public record Turn(boolean busy, long notBefore) {

    /// At once.
    ///
    /// @param now the ticker's reading
    public static Turn free(long now) {
      return new Turn(false, now);
    }

    /// Whether one may begin.
    ///
    /// @param now the ticker's reading
    boolean ready(long now) {
      return !busy && now - notBefore >= 0;
    }
  }

  /// Its identity.
  public InstanceId id() {
    return identity.id();
  }

  /// Name of its service.
  public String service() {
    return identity.service();
  }

  /// Its process id; 0 before there is a process.
  public long pid() {
    return spawned == null ? 0 : spawned.process().pid();
  }

  /// What may be sent to it, by its stage and by what membership says of it; empty when it is gone.
  ///
  /// @param member what membership says, if it lists it
  public Optional<InstanceState> state(@Nullable Member member) {
    var own = stage.state();
    return own.filter(InstanceState.SERVING::equals).isPresent() && member != null
        ? Optional.of(member.state())
        : own;
  }

  /// What people are told may be sent to it: one that has served and is not listed is in
  /// quarantine, since nobody can call it.
  ///
  /// @param member what membership says, if it lists it
  public Optional<InstanceState> shown(@Nullable Member member) {
    return state(member)
        .map(state ->
            state == InstanceState.SERVING && member == null ? InstanceState.QUARANTINED : state);
  }

  Tracked to(Stage next, long now) {
    return new Tracked(identity, spawned, next, now, Turn.free(now), flag);
  }

  Tracked withProcess(Spawned process, Stage next, long now) {
    return new Tracked(identity, process, next, now, Turn.free(now), flag);
  }

  Tracked withTurn(Turn next) {
    return new Tracked(identity, spawned, stage, since, next, flag);
  }

  Tracked flagged(String reason) {
    return new Tracked(identity, spawned, stage, since, turn, reason);
  }
}
