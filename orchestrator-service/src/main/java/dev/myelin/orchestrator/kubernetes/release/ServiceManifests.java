package dev.myelin.orchestrator.kubernetes.release;

import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Attributes;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Service;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the resources of an application's services: what the annotations say, over it what all
/// services of the release have, over it what single ones have.
///
/// Each field that is not said is left out, so that the API's defaults hold and a person's own
/// edits of it survive.
///
/// @param description what the application says of itself
/// @param release what the chart's values say
/// @param owner the object that the resources go with
record ServiceManifests(ApplicationDescription description, Release release, HasMetadata owner) {

  private static final String API_VERSION = Microservice.GROUP + "/v1";

  /// Label by which the resources of a release are found.
  static final String RELEASE = "app.kubernetes.io/instance";

  List<GenericKubernetesResource> all() {
    release.check(names());
    return description.services().stream().map(this::manifest).toList();
  }

  List<String> names() {
    return description.services().stream().map(Service::name).toList();
  }

  private GenericKubernetesResource manifest(Service service) {
    var reference =
        new OwnerReferenceBuilder()
            .withApiVersion(owner.getApiVersion())
            .withKind(owner.getKind())
            .withName(owner.getMetadata().getName())
            .withUid(owner.getMetadata().getUid())
            .build();
    var manifest =
        new GenericKubernetesResourceBuilder()
            .withApiVersion(API_VERSION)
            .withKind(Microservice.KIND)
            .withNewMetadata()
            .withName(service.name())
            .withLabels(owner.getMetadata().getLabels())
            .withOwnerReferences(reference)
            .endMetadata()
            .build();
    manifest.setAdditionalProperty("spec", spec(service));
    return manifest;
  }

  private Map<String, Object> spec(Service service) {
    var spec = SpecMerge.of(attributes(service), release.defaults());
    return SpecMerge.of(spec, release.services().getOrDefault(service.name(), Map.of()));
  }

  private Map<String, Object> attributes(Service service) {
    Attributes attributes = service.attributes();
    var scaling = attributes.scaling();
    var placement = attributes.placement();
    var spec = new LinkedHashMap<String, Object>();
    spec.put("application", description.application());
    spec.put("external", attributes.external());
    spec.put("stateful", attributes.stateful());
    spec.put("mode", attributes.mode().name());
    spec.put("minInstances", scaling.minInstances());
    spec.put("maxInstances", scaling.maxInstances());
    spec.put("highWatermark", scaling.highWatermark());
    spec.put("lowWatermark", scaling.lowWatermark());
    spec.put("concurrency", scaling.concurrency());
    spec.put("timeout", longest(service).toMillis() + "ms");
    spec.put("singleCore", placement.singleCore());
    spec.put("cost", placement.cost());
    spec.put("placement", placement.preferredHosts());
    spec.put("kind", placement.kind().name());
    var sidecars = new ArrayList<Object>();
    placement.sidecars().forEach(name -> sidecars.add(release.sidecar(service.name(), name)));
    spec.put("sidecars", sidecars);
    return spec;
  }

  private static Duration longest(Service service) {
    return service.operations().stream()
        .map((Operation operation) -> operation.rules().timeout())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ofSeconds(30));
  }
}
