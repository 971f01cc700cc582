package dev.myelin.orchestrator.reconcile;

import dev.myelin.wire.InstanceId;
import java.util.Optional;

/// Carries out actions; returns at once from each. Called by the loop alone.
final class ActionRunner {

  private final Roster roster;
  private final ProcessSteps processes;
  private final PeerSteps peers;
  private final LifeEvents events;

  ActionRunner(Roster roster, ProcessSteps processes, PeerSteps peers, LifeEvents events) {
    this.roster = roster;
    this.processes = processes;
    this.peers = peers;
    this.events = events;
  }

  /// Begins an action.
  ///
  /// @param epoch epoch of the lease under which it was planned
  /// @param action what to do
  /// @param stopping whether everything is to end
  void run(long epoch, Action action, boolean stopping) {
    switch (action) {
      case Action.Spawn(var service) -> processes.spawn(epoch, service);
      case Action.Adopt(var stranger) -> processes.adopt(epoch, stranger);
      case Action.MarkServing(var id) -> find(id).ifPresent(events::serving);
      case Action.MarkEnded(var id, var how, var listed) ->
          find(id).ifPresent(entry -> events.ended(entry, how, listed));
      case Action.Check(var id, var endpoint) ->
          find(id).ifPresent(entry -> peers.check(epoch, entry, endpoint));
      case Action.Announce(var id, var reason) ->
          find(id).ifPresent(entry -> peers.retire(epoch, entry, reason));
      case Action.Name(var id) -> find(id).ifPresent(entry -> peers.name(epoch, entry));
      case Action.AskAcknowledgement(var id, var version) ->
          find(id).ifPresent(entry -> peers.askAcknowledgement(epoch, entry, version));
      case Action.Drain drain ->
          find(drain.id())
              .ifPresent(
                  entry -> peers.drain(epoch, entry, drain, () -> processes.terminate(entry)));
      case Action.Kill(var id, var reason) ->
          find(id).ifPresent(entry -> kill(epoch, entry, reason));
      case Action.Bury(var id, var how) ->
          find(id).ifPresent(entry -> peers.bury(epoch, entry, how, stopping));
    }
  }

  private void kill(long epoch, Tracked entry, String reason) {
    if (entry.stage() instanceof Stage.Starting && entry.flag() == null) {
      events.hung(entry, reason);
    }
    processes.kill(epoch, entry, reason);
  }

  private Optional<Tracked> find(InstanceId id) {
    return roster.find(id);
  }
}
