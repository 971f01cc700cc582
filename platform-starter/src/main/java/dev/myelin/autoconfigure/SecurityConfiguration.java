package dev.myelin.autoconfigure;

import dev.myelin.transport.TransportSecurity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// What secures the way of a call.
@Configuration(proxyBeanMethods = false)
@Conditional(OnRemoteCondition.class)
class SecurityConfiguration {

  @Bean
  @ConditionalOnMissingBean
  TransportSecurity myelinTransportSecurity(SslProperties ssl, ObjectProvider<SslBundles> bundles) {
    var bundle = ssl.used();
    return bundle == null
        ? TransportSecurity.none()
        : new BundleSecurity(bundle, ssl, bundles.getIfAvailable()).open();
  }
}
