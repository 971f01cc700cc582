/// Single pods: which take calls, and which is to leave.
///
/// Pods and what membership says of their instances enter; conditions and choices leave. Open
/// [ServiceGate] first.
@NullMarked
package dev.myelin.orchestrator.kubernetes.pod;

import org.jspecify.annotations.NullMarked;
