package dev.myelin.orchestrator.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;

/// What the pods of a service have beside its own container.
///
/// @param sidecars containers that run beside it
/// @param initContainers containers that run before it
/// @param volumes volumes of the pod
/// @param volumeMounts where its own container mounts them
/// @param volumeClaimTemplates storage of each instance of a StatefulSet
/// @param podTemplate merged into the pod template last
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodSpecAdditions(
    List<Container> sidecars,
    List<Container> initContainers,
    List<Volume> volumes,
    List<VolumeMount> volumeMounts,
    List<PersistentVolumeClaim> volumeClaimTemplates,
    Map<String, Object> podTemplate) {

  /// Takes what is absent for empty.
  public PodSpecAdditions {
    sidecars = Absent.list(sidecars);
    initContainers = Absent.list(initContainers);
    volumes = Absent.list(volumes);
    volumeMounts = Absent.list(volumeMounts);
    volumeClaimTemplates = Absent.list(volumeClaimTemplates);
    // not copied: it may hold null, which removes a field
    podTemplate = podTemplate == null ? Map.of() : podTemplate;
  }
}
