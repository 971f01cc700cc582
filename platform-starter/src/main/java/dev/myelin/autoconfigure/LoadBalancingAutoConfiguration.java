package dev.myelin.autoconfigure;

import dev.myelin.client.NetworkClients;
import dev.myelin.client.http.AttemptLifecycle;
import dev.myelin.client.http.MembershipDiscoveryClient;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.ServiceNames;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// Puts the pickers behind Spring Cloud LoadBalancer, where that is on the class path and the
/// process is part of a cluster: load-balanced HTTP clients and `lb://` routes then reach the HTTP
/// ports of instances and fronts.
@AutoConfiguration(after = MyelinAutoConfiguration.class)
@ConditionalOnClass(ReactorServiceInstanceLoadBalancer.class)
@Conditional(OnRemoteCondition.class)
@ConditionalOnBean({NetworkClients.class, Resolver.class})
@LoadBalancerClients(defaultConfiguration = LoadBalancing.class)
public final class LoadBalancingAutoConfiguration {

  LoadBalancingAutoConfiguration() {}

  @Bean
  AttemptLifecycle myelinAttemptLifecycle() {
    return new AttemptLifecycle();
  }

  /// For load balancers of the application's own, and whatever else asks who is there.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnDiscoveryEnabled
  @ConditionalOnBlockingDiscoveryEnabled
  static class Discovery {

    @Bean
    @ConditionalOnMissingBean
    MembershipDiscoveryClient myelinDiscoveryClient(
        NetworkClients clients,
        Resolver resolver,
        DeclaredServices declared,
        ClientProperties properties) {
      var known = Stream.concat(declared.application().stream(), declared.called().stream());
      var services =
          Stream.concat(
                  Stream.of(ServiceNames.FRONT),
                  known.map(ServiceContract::name).filter(name -> !ServiceNames.reserved(name)))
              .distinct()
              .sorted()
              .toList();
      return new MembershipDiscoveryClient(
          clients::balance, resolver, services, properties.connectTimeout());
    }
  }
}
