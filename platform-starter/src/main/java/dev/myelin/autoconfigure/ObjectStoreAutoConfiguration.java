package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.memory.InMemoryObjectStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// The store that objects are kept in, unless the application has one of its own.
///
/// Of a database there is a table, which only those processes use that host the service
/// `object-store`; everybody's store calls that. Nothing connects before an object is touched.
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration"
    })
@ConditionalOnMissingBean(ObjectStore.class)
@EnableConfigurationProperties(ObjectStoreProperties.class)
@Import({
  JdbcObjectConfiguration.class,
  CassandraObjectConfiguration.class,
  CassandraObjectConfiguration.Missing.class,
  ObjectStoreAutoConfiguration.InMemory.class,
  ObjectTableConfiguration.class
})
public final class ObjectStoreAutoConfiguration {

  ObjectStoreAutoConfiguration() {}

  /// Objects in the memory of this process.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "myelin.objects.store", havingValue = "memory")
  static class InMemory {

    @Bean
    static ObjectStore myelinObjectStore(
        ObjectStoreProperties properties, Environment environment) {
      if (Hosting.of(environment).remote()) {
        throw new InvalidObjectStoreException(
            "'myelin.objects.store' is 'memory', and this is a process of a cluster: each process would have objects of its own.",
            "Set 'myelin.objects.store' to 'jdbc' or 'cassandra', or declare a bean of type ObjectStore.");
      }
      return new InMemoryObjectStore(properties.limits());
    }
  }
}
