/// The orchestrator of a Kubernetes cluster with many services.
///
/// A cluster and a number of services enter; times and requests a second leave. Open
/// [dev.myelin.benchmarks.kube.ManyServices] first.
@NullMarked
package dev.myelin.benchmarks.kube;

import org.jspecify.annotations.NullMarked;
