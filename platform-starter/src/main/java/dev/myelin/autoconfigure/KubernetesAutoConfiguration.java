package dev.myelin.autoconfigure;

import dev.myelin.kubernetes.KubernetesLeases;
import dev.myelin.wire.InstanceId;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/// What core processes need of the Kubernetes API. An application's processes need nothing of it.
@AutoConfiguration(
    afterName = "org.springframework.cloud.kubernetes.fabric8.Fabric8AutoConfiguration")
@ConditionalOnClass(KubernetesClient.class)
@Conditional(OnCorePodCondition.class)
@EnableConfigurationProperties(KubernetesProperties.class)
public final class KubernetesAutoConfiguration {

  KubernetesAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  KubernetesClient myelinKubernetesClient() {
    return new KubernetesClientBuilder().build();
  }

  @Bean
  @ConditionalOnMissingBean
  KubernetesLeases myelinKubernetesLeases(
      KubernetesClient client, KubernetesProperties properties, InstanceId self) {
    var namespace = properties.namespace() == null ? client.getNamespace() : properties.namespace();
    return new KubernetesLeases(
        client,
        new KubernetesLeases.Scope(
            Objects.requireNonNullElse(namespace, "default"),
            properties.name(),
            self.value(),
            properties.leaseDuration(),
            properties.owner()),
        Clock.systemUTC());
  }
}
