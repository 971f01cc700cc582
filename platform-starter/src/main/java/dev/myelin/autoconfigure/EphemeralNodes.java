package dev.myelin.autoconfigure;

import dev.myelin.membership.Resolver;
import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.EphemeralStores;
import dev.myelin.storage.memcached.MemcachedEphemeralStore;
import dev.myelin.storage.memcached.NodeSource;
import dev.myelin.storage.memory.InMemoryEphemeralStore;
import dev.myelin.wire.Endpoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;

/// Makes the fast stores that the properties name.
final class EphemeralNodes {

  static final String CLIENT = "net.rubyeye.xmemcached.XMemcachedClient";
  private static final int LONGEST_PREFIX = 40;

  private final EphemeralProperties properties;
  private final String prefix;
  private final @Nullable Resolver resolver;
  private final List<MemcachedEphemeralStore> opened = new ArrayList<>();

  EphemeralNodes(EphemeralProperties properties, String application, @Nullable Resolver resolver) {
    this.properties = properties;
    this.prefix = prefix(properties, application);
    this.resolver = resolver;
  }

  private static String prefix(EphemeralProperties properties, String application) {
    var said = properties.prefix();
    if (said == null) {
      var plain = application.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-") + ":";
      return plain.substring(Math.max(0, plain.length() - LONGEST_PREFIX));
    }
    if (!said.matches("[A-Za-z0-9.:_-]{0,%d}".formatted(LONGEST_PREFIX))) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.ephemeral.prefix",
          said,
          "It must be at most %d letters, digits, '.', ':', '_' and '-'."
              .formatted(LONGEST_PREFIX));
    }
    return said;
  }

  EphemeralStores open() {
    try {
      var named = new HashMap<String, EphemeralStore>();
      var shared = store("myelin.ephemeral", properties.nodes());
      properties
          .clusters()
          .forEach(
              (name, nodes) -> named.put(name, store("myelin.ephemeral.clusters." + name, nodes)));
      return new EphemeralStores(shared, named, this::close);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void close() {
    opened.forEach(MemcachedEphemeralStore::close);
  }

  private EphemeralStore store(String property, EphemeralProperties.Nodes nodes) {
    var source = source(property, nodes);
    if (source.isEmpty()) {
      return new InMemoryEphemeralStore(properties.memory().toBytes(), System::nanoTime);
    }
    if (!ClassUtils.isPresent(CLIENT, EphemeralNodes.class.getClassLoader())) {
      throw new InvalidConfigurationPropertyValueException(
          property, nodes, "It needs 'com.googlecode.xmemcached:xmemcached' on the class path.");
    }
    var store =
        MemcachedEphemeralStore.connect(
            properties.settings(prefix), source.get(), Clock.systemUTC());
    opened.add(store);
    return store;
  }

  private Optional<NodeSource> source(String property, EphemeralProperties.Nodes nodes) {
    var sources = new ArrayList<NodeSource>();
    if (!nodes.servers().isEmpty()) {
      sources.add(
          NodeSource.of(
              nodes.servers().stream()
                  .map(each -> endpoint(property + ".servers", each))
                  .toList()));
    }
    if (nodes.dns() != null) {
      var name = endpoint(property + ".dns", nodes.dns());
      sources.add(NodeSource.dns(name.host(), name.port()));
    }
    if (nodes.service() != null) {
      var service = endpoint(property + ".service", nodes.service());
      // a process that runs by itself has no such instances, and its own memory instead
      if (resolver != null) {
        sources.add(members(resolver, service.host(), service.port()));
      }
    }
    if (sources.size() > 1) {
      throw new InvalidConfigurationPropertyValueException(
          property,
          nodes,
          "Only one of 'servers', 'dns' and 'service' can say where the nodes are.");
    }
    return sources.stream().findFirst();
  }

  static NodeSource members(Resolver resolver, String service, int port) {
    return () -> {
      var snapshot = resolver.snapshot(service);
      return snapshot.version() == 0
          ? Optional.empty()
          : Optional.of(
              snapshot.members().stream()
                  .map(member -> new Endpoint(member.instance().endpoint().host(), port))
                  .collect(Collectors.toUnmodifiableSet()));
    };
  }

  static Endpoint endpoint(String property, String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      var host = text.substring(0, Math.max(0, colon));
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      } else if (host.indexOf(':') >= 0) {
        throw new IllegalArgumentException("An IPv6 address needs brackets");
      }
      if (port < 1) {
        throw new IllegalArgumentException("A port is at least 1");
      }
      return new Endpoint(host, port);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationPropertyValueException(
          property,
          text,
          "It must be a name or an address and a port, such as 'memcached:11211' or '[::1]:11211'.");
    }
  }
}
