package dev.myelin.client.http;

import dev.myelin.wire.Endpoint;
import java.net.URI;
import java.util.Map;
import org.springframework.cloud.client.ServiceInstance;

/// An instance as Spring Cloud sees it.
///
/// @param id its identity
/// @param service name of its service
/// @param http where it takes HTTP requests
/// @param metadata what else is known of it
record HttpInstance(String id, String service, Endpoint http, Map<String, String> metadata)
    implements ServiceInstance {

  @Override
  public String getInstanceId() {
    return id;
  }

  @Override
  public String getServiceId() {
    return service;
  }

  @Override
  public String getHost() {
    return http.host();
  }

  @Override
  public int getPort() {
    return http.port();
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public URI getUri() {
    return URI.create("http://" + http);
  }

  @Override
  public Map<String, String> getMetadata() {
    return metadata;
  }
}
