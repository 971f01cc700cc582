package dev.myelin.autoconfigure;

import dev.myelin.wire.Endpoint;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/// Where the core services are.
///
/// @param address with `myelin.mode=kubernetes`: host and port of the core services, such as
///   `myelin-core:7070`, where each address behind the host name is one core process; several are
///   separated by commas
@ConfigurationProperties("myelin.core")
record CoreProperties(@DefaultValue List<String> address) {

  CoreProperties {
    address = List.copyOf(address);
    address.forEach(CoreProperties::endpoint);
  }

  List<Endpoint> endpoints() {
    return address.stream().map(CoreProperties::endpoint).toList();
  }

  private static Endpoint endpoint(String address) {
    int colon = address.lastIndexOf(':');
    try {
      var host = address.substring(0, Math.max(colon, 0)).strip();
      var bare =
          host.startsWith("[") && host.endsWith("]") ? host.replaceAll("[\\[\\]]", "") : host;
      int port = Integer.parseInt(address.substring(colon + 1).strip());
      if (port > 0) {
        return new Endpoint(bare, port);
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new InvalidConfigurationPropertyValueException(
        "myelin.core.address", address, "It must be HOST:PORT, such as myelin-core:7070.");
  }
}
