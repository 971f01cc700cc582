package dev.myelin.autoconfigure;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.FolderCoreDirectory;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// A process's place in a cluster on one host, whose state is a folder.
@Configuration(proxyBeanMethods = false)
@Conditional(OnClusterCondition.ByFolder.class)
class FolderConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ClusterFolder myelinClusterFolder(ClusterProperties properties) {
    return new ClusterFolder(
        Objects.requireNonNull(
            properties.folder(), "'myelin.cluster.folder' is checked before any bean is made"));
  }

  @Bean
  @ConditionalOnMissingBean
  CoreDirectory myelinCoreDirectory(ClusterFolder folder) {
    return new FolderCoreDirectory(folder, System::nanoTime);
  }

  @Bean
  Presence myelinPresence(ClusterFolder folder, LifecycleProperties limits) {
    return new FolderPresence(folder, limits.orphanTimeout());
  }
}
