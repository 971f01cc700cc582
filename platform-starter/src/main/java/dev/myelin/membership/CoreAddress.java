package dev.myelin.membership;

import dev.myelin.wire.InstanceId;
import java.net.InetAddress;

/// How core processes are called that are known by their addresses alone. Everybody who sees an
/// address calls the process there alike: what is shared out among core processes depends on it.
public final class CoreAddress {

  private CoreAddress() {}

  /// The id of the core process at an address, `core-10-244-0-7` for `10.244.0.7`.
  ///
  /// @param address an address that only one core process has
  public static InstanceId id(InetAddress address) {
    return new InstanceId("core-" + text(address).replace('.', '-').replace(':', '-'));
  }

  /// The address as text, without the network interface that an IPv6 address may name.
  ///
  /// @param address any address
  static String text(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }
}
