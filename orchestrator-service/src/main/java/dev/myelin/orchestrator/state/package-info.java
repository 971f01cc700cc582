/// What the orchestrator knows about its application and about what it has started, kept in the
/// cluster's folder.
///
/// A jar enters [ApplicationDescriber] and its description leaves; what was spawned is stored with
/// [SpawnRecords] and found again after a restart. Open [SpawnRecord] first.
@NullMarked
package dev.myelin.orchestrator.state;

import org.jspecify.annotations.NullMarked;
