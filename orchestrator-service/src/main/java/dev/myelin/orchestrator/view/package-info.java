/// The cluster as people see it.
///
/// The roster, membership, readings and the files of the core processes enter; a
/// [dev.myelin.wire.ClusterView] leaves. Open [ClusterViews].
@NullMarked
package dev.myelin.orchestrator.view;

import org.jspecify.annotations.NullMarked;
