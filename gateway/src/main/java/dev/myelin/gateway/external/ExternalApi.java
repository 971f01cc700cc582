package dev.myelin.gateway.external;

import dev.myelin.gateway.openapi.OpenApi;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Service;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// What the routes of this package answer to, as a document for programs.
public final class ExternalApi {

  private ExternalApi() {}

  /// The external operations of an application as an OpenAPI document.
  ///
  /// @param application with its external services only
  public static JsonNode of(ApplicationDescription application) {
    var services = application.services();
    return OpenApi.of(
        application,
        services.stream().filter(Predicate.not(Service::ofObjects)).toList(),
        services.stream().filter(Service::ofObjects).map(ObjectRequests::declared).toList());
  }
}
