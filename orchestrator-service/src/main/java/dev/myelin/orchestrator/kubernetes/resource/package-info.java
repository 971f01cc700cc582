/// The custom resource that an application's services reach the cluster as.
///
/// What people and charts write enters as [MicroserviceSpec]; what became of it leaves as
/// [MicroserviceStatus]. The schema is `charts/myelin/crds/microservices.yaml`. Open [Microservice]
/// first.
@NullMarked
package dev.myelin.orchestrator.kubernetes.resource;

import org.jspecify.annotations.NullMarked;
