package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;

final class StandbyDiscoveryTests {

  /// As Spring Cloud Kubernetes answers about a headless Service with the ports `calls` and `http`.
  private static final class Endpoints implements DiscoveryClient {

    @Override
    public String description() {
      return "endpoints";
    }

    @Override
    public List<ServiceInstance> getInstances(String service) {
      return switch (service) {
        case "tax" ->
            List.of(
                new DefaultServiceInstance(
                    "0B9A-uid", service, "10.0.0.7", 8080, false, Map.of("port.calls", "7071")),
                new DefaultServiceInstance(null, service, "10.0.0.8", 8080, false));
        case "forbidden" -> throw new IllegalStateException("403");
        default -> List.of();
      };
    }

    @Override
    public List<String> getServices() {
      return List.of("tax");
    }
  }

  private final StandbyDiscovery standby = new StandbyDiscovery(List.of(new Endpoints()), 7070);

  @Test
  void instancesTakeCallsOnTheirPortOfCalls() {
    assertThat(standby.instances("tax"))
        .extracting(Instance::id, Instance::endpoint)
        .containsExactly(
            tuple(new InstanceId("at-10.0.0.7-7071"), new Endpoint("10.0.0.7", 7071)),
            tuple(new InstanceId("at-10.0.0.8-7070"), new Endpoint("10.0.0.8", 7070)));
  }

  @Test
  void whoCannotTellKnowsNobody() {
    assertThat(standby.instances("forbidden")).isEmpty();
    assertThat(standby.instances("other")).isEmpty();
  }

  @Test
  void whoAsksTheOthersIsNotAsked() {
    assertThat(standby.present()).isTrue();
    assertThat(
            new StandbyDiscovery(List.of(new CompositeDiscoveryClient(List.of())), 7070).present())
        .isFalse();
  }
}
