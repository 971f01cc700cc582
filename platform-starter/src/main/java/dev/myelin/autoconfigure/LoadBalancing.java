package dev.myelin.autoconfigure;

import dev.myelin.client.NetworkClients;
import dev.myelin.client.http.MembershipLoadBalancer;
import dev.myelin.membership.Resolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;

/// What Spring Cloud LoadBalancer makes for each service it is asked for, in a context of that
/// service's own.
@Configuration(proxyBeanMethods = false)
class LoadBalancing {

  // configurations of the application may come before this one or after it: the condition yields to
  // the former, the fallback to the latter
  @Bean
  @Fallback
  @ConditionalOnMissingBean(ReactorLoadBalancer.class)
  ReactorServiceInstanceLoadBalancer myelinLoadBalancer(
      Environment environment,
      NetworkClients clients,
      Resolver resolver,
      ObjectProvider<ServiceInstanceListSupplier> suppliers,
      LoadBalancerClientFactory factory,
      ClientProperties client) {
    var service = LoadBalancerClientFactory.getName(environment);
    return new MembershipLoadBalancer(
        clients.balance(service),
        resolver,
        new RoundRobinLoadBalancer(suppliers, service),
        new MembershipLoadBalancer.Settings(
            client.connectTimeout(), factory.getProperties(service).getHintHeaderName()));
  }
}
