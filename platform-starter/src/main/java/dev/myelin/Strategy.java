package dev.myelin;

/// How the instance for a call is chosen among those that serve: the property
/// `myelin.services.<name>.strategy`.
public enum Strategy {
  /// One after the other, from a random one on.
  ROUND_ROBIN,
  /// The less loaded of two drawn at random, by the calls this process has in flight there and by
  /// what the instance says of itself; a new instance gets its share gradually.
  LEAST_LOADED,
  /// Calls of one [StickyKey] to one instance, as long as that serves.
  STICKY,
  /// All calls of this process to one instance, as long as that serves; other processes may have
  /// another.
  SINGLE,
  /// All calls of all processes to the same instance, which the orchestrator names; the first by id
  /// among those that serve, where none is named or the named one does not serve.
  ORCHESTRATED,
  /// The preferred hosts first, then this process's own, then any; the next ones only where the
  /// better ones are congested.
  PREFERRED
}
