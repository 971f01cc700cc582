package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.client.OperationCalls;
import dev.myelin.contract.Memoized;
import dev.myelin.object.CalledObjects;
import dev.myelin.object.ObjectHosts;
import dev.myelin.object.ObjectReferences;
import dev.myelin.object.ObjectSpace;
import dev.myelin.object.ObjectTypes;
import dev.myelin.object.Objects;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.memory.InMemoryObjectStore;
import dev.myelin.wire.codec.Codec;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JacksonModule;

/// Objects: their references, what runs them here, and the way to those that run elsewhere.
@Configuration(proxyBeanMethods = false)
class ObjectConfiguration {

  @Bean
  static ObjectTypes myelinObjectTypes(ServiceDefinitions definitions) {
    return definitions.objects();
  }

  // the codec needs them before any other bean is there
  @Bean
  static ObjectReferences myelinObjectReferences(
      ObjectTypes types, ObjectProvider<ObjectHosts> hosts) {
    return new ObjectReferences(types, type -> hosts.getObject().invoker(type));
  }

  @Bean
  static JacksonModule myelinObjectModule(ObjectReferences references) {
    return references.module();
  }

  @Bean
  static ObjectHosts myelinObjectHosts(
      Environment environment,
      ObjectProperties properties,
      ObjectProvider<ObjectStore> store,
      ObjectProvider<ObjectReferences> references,
      ObjectProvider<ObjectSpace> space,
      ObjectProvider<Codec> codec,
      ObjectProvider<OperationCalls> calls) {
    var hosting = Hosting.of(environment);
    Supplier<ObjectStore> memory = Memoized.of(() -> new InMemoryObjectStore(ObjectLimits.DEFAULT));
    return ObjectHosts.of(
        service -> !hosting.remote() || ProcessRole.hosts(hosting, service),
        properties.settings(),
        new ObjectHosts.Sources(
            () -> store.getIfAvailable(memory),
            references::getObject,
            space::getObject,
            codec::getObject,
            calls::getObject));
  }

  @Bean
  @ConditionalOnMissingBean
  static ObjectSpace myelinObjectSpace(ObjectTypes types, ObjectReferences references) {
    return new CalledObjects(types, references);
  }

  @Bean
  static CurrentObjects myelinCurrentObjects(ObjectSpace space) {
    return new CurrentObjects(Objects.started(space));
  }

  /// Makes the application's space the one of [Objects], as long as the context lives.
  ///
  /// @param use ends that
  record CurrentObjects(Runnable use) implements AutoCloseable {

    @Override
    public void close() {
      use.run();
    }
  }
}
