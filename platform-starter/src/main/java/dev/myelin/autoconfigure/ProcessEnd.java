package dev.myelin.autoconfigure;

/// Ends the process with a status, at once: no shutdown hook runs, so it may be called while a
/// context is being refreshed.
@FunctionalInterface
interface ProcessEnd {

  void end(int status);
}
