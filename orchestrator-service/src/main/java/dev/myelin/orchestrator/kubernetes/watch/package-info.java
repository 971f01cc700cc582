/// What the Kubernetes API says, kept current by watches.
///
/// Objects of one namespace enter; immutable answers leave, from memory. Open [NamespaceCache].
@NullMarked
package dev.myelin.orchestrator.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
