package dev.myelin.autoconfigure;

import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.MembershipFeed;
import dev.myelin.transport.Dialer;
import dev.myelin.transport.TunnelEntrance;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Tunnel;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/// A process outside its cluster's network: it calls what is inside through a gateway, and nobody
/// inside could call it.
@Configuration(proxyBeanMethods = false)
@Conditional(OnClusterCondition.Outside.class)
@EnableConfigurationProperties(KubernetesProperties.class)
class OutsideConfiguration {

  private static final String FABRIC8 = "io.fabric8.kubernetes.client.Config";

  @Bean
  @ConditionalOnMissingBean
  TunnelEntrance myelinTunnelEntrance(
      CoreProperties core, KubernetesProperties kubernetes, ObjectProvider<SslBundles> bundles) {
    if (core.url() != null) {
      return new UrlEntrance(core, bundles.getIfAvailable());
    }
    if (!ClassUtils.isPresent(FABRIC8, OutsideConfiguration.class.getClassLoader())) {
      throw new InvalidClusterException(
          "A kubeconfig is to lead this process to its cluster, but nothing on the class path can read one.",
          "Add 'io.fabric8:kubernetes-client' to the application, or set 'myelin.core.url' and"
              + " 'myelin.core.token' instead.");
    }
    return KubeconfigEntrance.of(core, kubernetes);
  }

  @Bean
  Dialer myelinDialer(TunnelEntrance entrance) {
    return Dialer.through(entrance);
  }

  /// Which core process answers is the gateway's choice.
  @Bean
  @ConditionalOnMissingBean(CoreDirectory.class)
  CoreDirectory myelinCoreDirectory() {
    var anyone =
        List.of(
            new Instance(
                new InstanceId("core"),
                ServiceNames.CORE_SERVICES,
                new Endpoint(Tunnel.CORE.host(), Tunnel.CORE.port()),
                null,
                new Instance.ProcessIdentity(Role.CORE, 0, "", Instant.EPOCH)));
    return service -> ServiceNames.CORE_SERVICES.contains(service) ? anyone : List.of();
  }

  @Bean
  OutsideProcess myelinOutsideProcess(
      MembershipFeed feed, InstanceId id, Environment environment, TunnelEntrance entrance) {
    return new OutsideProcess(feed, id, dev.myelin.Hosting.of(environment).services(), entrance);
  }
}
