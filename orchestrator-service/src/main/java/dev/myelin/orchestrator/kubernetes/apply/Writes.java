package dev.myelin.orchestrator.kubernetes.apply;

import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import org.jspecify.annotations.Nullable;

/// Everything that is ever written to the API. Each blocks until the API has answered, and throws
/// [WriteFailed] where it was not done.
public interface Writes {

  /// Creates or changes an object; fields of others stay.
  ///
  /// @param change what is to be
  /// @param replicas how many replicas one that is created has; negative where that is nobody's
  ///   business here
  /// @return the object as the API has it now
  HasMetadata apply(Change.Apply change, int replicas);

  /// Removes an object, with everything that it owns.
  ///
  /// @param live what is there
  void delete(HasMetadata live);

  /// Sets the number of replicas of a workload.
  ///
  /// @param workload what is there
  /// @param replicas how many
  /// @param epoch of the lease that is held
  /// @return the workload as the API has it now
  HasMetadata scale(HasMetadata workload, int replicas, long epoch);

  /// Sets a condition of a pod.
  ///
  /// @param pod which one
  /// @param condition what is the case
  void condition(Pod pod, PodCondition condition);

  /// Says which pod of a ReplicaSet is deleted first.
  ///
  /// @param pod which one
  /// @param cost the lower, the sooner; 0 is what a pod has by itself
  void deletionCost(Pod pod, int cost);

  /// Deletes a pod, whose workload replaces it.
  ///
  /// @param pod which one
  void kill(Pod pod);

  /// Writes what became of a service.
  ///
  /// @param resource the service
  /// @param status what became of it
  void status(Microservice resource, MicroserviceStatus status);

  /// Notes on the resource that something has happened, for people.
  ///
  /// @param resource the service
  /// @param pod which of its pods, where it is about one
  /// @param reason what, as one word
  /// @param message what and why
  void event(Microservice resource, @Nullable Pod pod, String reason, String message);
}
