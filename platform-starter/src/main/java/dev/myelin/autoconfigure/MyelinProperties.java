package dev.myelin.autoconfigure;

import dev.myelin.Mode;
import dev.myelin.contract.ServiceSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/// What a process is and where it listens.
///
/// @param mode how the application runs: in one process, or as a cluster of them
/// @param hosts names of the services that this process hosts; `*` = all. Without effect in-process
/// @param instanceId identifies the process in its cluster; generated where none is given, the
///   pod's name with `myelin.mode=kubernetes`. Without effect on core processes in pods, which are
///   known by their addresses
/// @param bindAddress address on which calls are taken; all with `myelin.mode=kubernetes`
/// @param port port on which calls are taken; 0 = any free one. 7070 with `myelin.mode=kubernetes`
/// @param advertisedHost host name or address at which other processes reach this one, where that
///   is not the bind address; the pod's own with `myelin.mode=kubernetes`
/// @param services attributes of services, by their names; each wins over the same attribute of
///   `@Microservice`
@ConfigurationProperties("myelin")
record MyelinProperties(
    @DefaultValue("in-process") Mode mode,
    @DefaultValue List<String> hosts,
    @Nullable String instanceId,
    @DefaultValue("127.0.0.1") String bindAddress,
    @DefaultValue("0") int port,
    @Nullable String advertisedHost,
    @DefaultValue Map<String, ServiceSettings> services) {

  MyelinProperties {
    hosts = List.copyOf(hosts);
    services = Map.copyOf(services);
    if (port < 0 || port > 65_535) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.port", port, "It must be from 0 to 65535.");
    }
  }
}
