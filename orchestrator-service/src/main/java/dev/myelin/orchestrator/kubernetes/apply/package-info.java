/// What is written to the Kubernetes API, and when that is necessary.
///
/// Desired and live objects enter [Differences]; [Change]s leave, which [ApiWrites] carries out.
/// Open [Differences] first.
@NullMarked
package dev.myelin.orchestrator.kubernetes.apply;

import org.jspecify.annotations.NullMarked;
