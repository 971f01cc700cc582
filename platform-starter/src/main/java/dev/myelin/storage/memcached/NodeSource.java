package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Says which nodes there are, now. Thread-safe.
@FunctionalInterface
public interface NodeSource {

  /// The nodes; empty if that cannot be told just now, and then the ones known before stay.
  Optional<Set<Endpoint>> nodes();

  /// Always the same nodes.
  ///
  /// @param nodes where memcacheds listen
  static NodeSource of(Collection<Endpoint> nodes) {
    var fixed = Optional.of(Set.copyOf(nodes));
    return () -> fixed;
  }

  /// Every address that a name has in the DNS: those of the pods behind a headless Service.
  ///
  /// @param name name in the DNS; Java keeps an answer for `networkaddress.cache.ttl`
  /// @param port where memcached listens on each
  static NodeSource dns(String name, int port) {
    return () -> {
      try {
        return Optional.of(
            Arrays.stream(InetAddress.getAllByName(name))
                .map(address -> new Endpoint(address.getHostAddress(), port))
                .collect(Collectors.toUnmodifiableSet()));
      } catch (UnknownHostException e) {
        return Optional.empty();
      }
    };
  }
}
