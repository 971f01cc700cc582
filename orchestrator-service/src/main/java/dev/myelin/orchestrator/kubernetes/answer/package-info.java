/// What the orchestrator of a Kubernetes cluster answers to others.
///
/// Calls of [dev.myelin.wire.Orchestrator] enter; views made from the caches leave, and deletions
/// of pods that were flagged. Open [KubernetesOrchestrator] first.
@NullMarked
package dev.myelin.orchestrator.kubernetes.answer;

import org.jspecify.annotations.NullMarked;
