package dev.myelin.orchestrator.kubernetes.apply;

import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.time.Time;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/// Makes the Events by which people are told what has happened to a service.
///
/// @param self id of this process, which they name as their source
/// @param time for their dates
record ServiceEvents(String self, Time time) {

  /// One of them.
  ///
  /// @param resource the service
  /// @param pod which of its pods, where it is about one
  /// @param reason what, as one word
  /// @param message what and why
  Event of(Microservice resource, @Nullable Pod pod, String reason, String message) {
    var now = time.now().toString();
    var metadata = resource.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(resource.service() + ".")
        .withNamespace(metadata.getNamespace())
        .endMetadata()
        .withType("Normal")
        .withReason(reason)
        .withMessage(message)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource(Names.MANAGER, self)
        .withNewInvolvedObject()
        .withApiVersion(resource.getApiVersion())
        .withKind(Microservice.KIND)
        .withName(resource.service())
        .withNamespace(metadata.getNamespace())
        .withUid(metadata.getUid())
        .endInvolvedObject()
        .withRelated(pod == null ? null : reference(pod))
        .build();
  }

  private static ObjectReference reference(Pod pod) {
    return new ObjectReferenceBuilder()
        .withApiVersion(pod.getApiVersion())
        .withKind(pod.getKind())
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .build();
  }
}
