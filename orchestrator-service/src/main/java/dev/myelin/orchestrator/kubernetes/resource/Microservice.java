package dev.myelin.orchestrator.kubernetes.resource;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A service of an application, as the Kubernetes API stores it; its name is the service's.
@Group(Microservice.GROUP)
@Version("v1")
@Kind(Microservice.KIND)
@Singular("microservice")
@Plural("microservices")
@ShortNames("ms")
public final class Microservice extends CustomResource<MicroserviceSpec, MicroserviceStatus>
    implements Namespaced {

  /// Group of the API, and prefix of everything that Myelin adds to objects.
  public static final String GROUP = "myelin.dev";

  /// Kind of the resource.
  public static final String KIND = "Microservice";

  /// Created empty; the API's answer fills it.
  public Microservice() {}

  /// Name of the service.
  public String service() {
    return getMetadata().getName();
  }

  @Override
  protected @Nullable MicroserviceSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable MicroserviceStatus initStatus() {
    return null;
  }
}
