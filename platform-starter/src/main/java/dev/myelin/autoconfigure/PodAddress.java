package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.Mode;
import dev.myelin.membership.CoreAddress;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/// Who a process in a pod is, and where others reach it.
///
/// A pod's host name is its own name and leads to its own address, so nothing has to be given. An
/// application's process is called by its pod's name, a core process by its address.
final class PodAddress {

  private static final String HOST = "myelin.advertised-host";

  private PodAddress() {}

  /// Host at which others reach this process; null where that is where it listens.
  static @Nullable String advertised(Environment environment) {
    var given = environment.getProperty(HOST, "");
    if (!given.isBlank()) {
      return given;
    }
    return Hosting.of(environment).mode() == Mode.KUBERNETES
        ? local(environment).getHostAddress()
        : null;
  }

  /// Id of this process, where it is one in a pod.
  ///
  /// @param given what `myelin.instance-id` says
  static Optional<InstanceId> id(Environment environment, @Nullable String given) {
    var hosting = Hosting.of(environment);
    if (hosting.mode() != Mode.KUBERNETES || hosting.outside()) {
      return Optional.empty();
    }
    if (ProcessRole.of(hosting).filter(Role.CORE::equals).isPresent()) {
      return Optional.of(CoreAddress.id(local(environment)));
    }
    return given == null || given.isBlank()
        ? Optional.ofNullable(environment.getProperty("HOSTNAME"))
            .filter(name -> !name.isBlank())
            .map(name -> new InstanceId(name.toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static InetAddress local(Environment environment) {
    var given = environment.getProperty(HOST, "");
    try {
      return given.isBlank() ? InetAddress.getLocalHost() : InetAddress.getByName(given);
    } catch (UnknownHostException e) {
      throw new InvalidClusterException(
          "The address of this process is not known: %s.".formatted(e.getMessage()),
          "Set 'myelin.advertised-host' to an address at which other pods reach this one, such as"
              + " the field 'status.podIP' of the pod.");
    }
  }
}
