package dev.myelin.autoconfigure;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.cached.CachedObjectStore;
import dev.myelin.storage.memory.InMemoryEphemeralStore;
import dev.myelin.storage.service.CalledTable;
import dev.myelin.storage.service.HostedTables;
import dev.myelin.storage.service.ObjectTables;
import dev.myelin.storage.settle.SettlingObjectStore;
import dev.myelin.storage.settle.VersionedTable;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes a store of a table in a database: the service that holds its connections, and what every
/// process calls. Read after the configurations that may define the table.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(VersionedTable.class)
class ObjectTableConfiguration {

  @Bean
  @ConditionalOnBooleanProperty(name = "myelin.objects.service", matchIfMissing = true)
  static ObjectTables myelinObjectTables(ObjectProvider<VersionedTable> table) {
    return new HostedTables(table.getObject());
  }

  @Bean
  static ObjectStore myelinObjectStore(
      ObjectStoreProperties properties,
      ObjectProvider<VersionedTable> table,
      ObjectProvider<ObjectTables> service,
      ObjectProvider<EphemeralStore> fast) {
    var store =
        new SettlingObjectStore(
            properties.service() ? new CalledTable(service::getObject) : table.getObject(),
            properties.limits(),
            properties.settling(),
            RandomGenerator.getDefault());
    var shared = properties.cache().enabled() ? fast.getIfUnique() : null;
    // one that is in this process alone knows nothing of what others write
    return shared == null || shared instanceof InMemoryEphemeralStore
        ? store
        : new CachedObjectStore(store, shared, properties.caching());
  }
}
