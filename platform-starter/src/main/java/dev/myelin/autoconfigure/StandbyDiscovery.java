package dev.myelin.autoconfigure;

import dev.myelin.client.http.MembershipDiscoveryClient;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;

/// Instances of services as Spring Cloud's discovery of a platform knows them: in pods the
/// addresses behind a service's headless Service.
///
/// Used by one thread.
final class StandbyDiscovery {

  private static final Logger LOG = LoggerFactory.getLogger(StandbyDiscovery.class);

  /// Where Spring Cloud Kubernetes says which number the port of calls has.
  private static final String CALL_PORT = "port.calls";

  private final List<DiscoveryClient> clients;
  private final int port;
  private boolean failing;

  /// Creates it.
  ///
  /// @param clients of which some may be this library's own, or ask the others
  /// @param port of calls where a client does not say
  StandbyDiscovery(List<DiscoveryClient> clients, int port) {
    this.clients = clients.stream().filter(StandbyDiscovery::foreign).toList();
    this.port = port;
  }

  private static boolean foreign(DiscoveryClient client) {
    return !(client instanceof MembershipDiscoveryClient
        || client instanceof CompositeDiscoveryClient
        || client instanceof SimpleDiscoveryClient);
  }

  /// Whether there is anybody to ask.
  boolean present() {
    return !clients.isEmpty();
  }

  /// The instances of a service; empty where nobody knows any. May block.
  List<Instance> instances(String service) {
    for (var client : clients) {
      try {
        var found =
            client.getInstances(service).stream().map(each -> instance(service, each)).toList();
        if (!found.isEmpty()) {
          return found;
        }
      } catch (RuntimeException e) {
        // whatever a client of any kind throws
        if (!failing) {
          LOG.warn(
              "Pubsub has not answered yet, and '{}' does not know the instances of '{}' either: {}",
              client.description(),
              service,
              e.toString());
        }
        failing = true;
      }
    }
    return List.of();
  }

  private Instance instance(String service, ServiceInstance found) {
    var endpoint = new Endpoint(found.getHost(), port(found));
    // what a client calls its id may be that of all instances of the service
    var id = "at-" + endpoint.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    return new Instance(
        new InstanceId(id),
        List.of(service),
        endpoint,
        null,
        new Instance.ProcessIdentity(Role.INSTANCE, 0, "", Instant.EPOCH));
  }

  private int port(ServiceInstance found) {
    var metadata = found.getMetadata();
    var said = metadata == null ? null : metadata.get(CALL_PORT);
    return said == null ? port : Integer.parseInt(said);
  }
}
