/// Keeps desired and observed instances equal: spawns, retires, scales and replaces them.
///
/// The path of an application's jar and `myelin.core.*` enter; running processes, log lines and
/// [dev.myelin.wire.ClusterView]s leave. The packages below are named by what they do, and know
/// neither Spring nor each other's inside; this one puts them together. Open
/// [OrchestratorConfiguration] first, then `reconcile`.
@NullMarked
package dev.myelin.orchestrator;

import org.jspecify.annotations.NullMarked;
