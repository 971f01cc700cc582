/// What the objects of a service are to be: pure functions, without a clock, a client or state.
///
/// A [Microservice][dev.myelin.orchestrator.kubernetes.resource.Microservice] and the
/// installation's [DesiredSettings] enter; the workload, its Service and its disruption budget
/// leave, without the number of replicas, which is not the resource's to say. Open [DesiredObjects]
/// first.
@NullMarked
package dev.myelin.orchestrator.kubernetes.desired;

import org.jspecify.annotations.NullMarked;
