package dev.myelin.gateway.tunnel;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Member;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Where tunnels may lead: to the call ports of processes that membership lists, and nowhere else.
/// Thread-safe.
///
/// Who can register a process could list any address. So those are left out where no process of a
/// cluster is, but others that this host may reach and outsiders may not: of the link, which is
/// where clouds answer for a host's credentials, and, unless processes share this host, its own.
final class TunnelTargets {

  private static final String EVERYTHING = "*";

  /// Clients hear of an instance from another pubsub, perhaps a moment earlier than this process.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Resolver resolver;
  private final boolean loopback;

  /// Creates it, which begins to follow all services.
  ///
  /// @param resolver knows who is listed
  /// @param loopback whether processes of the cluster are on this host
  TunnelTargets(Resolver resolver, boolean loopback) {
    this.resolver = resolver;
    this.loopback = loopback;
    var _ = resolver.snapshot(EVERYTHING);
  }

  /// The addresses of a target, to be tried in this order; empty if it is not listed.
  ///
  /// @param to host and port, or [Tunnel#CORE]
  /// @throws IOException if the address of a listed process cannot be looked up
  List<InetSocketAddress> find(String to) throws IOException, InterruptedException {
    var found = new ArrayList<InetSocketAddress>();
    for (var endpoint : listed(to)) {
      var address = InetAddress.getByName(endpoint.host());
      if (allowed(address)) {
        found.add(new InetSocketAddress(address, endpoint.port()));
      }
    }
    return found;
  }

  private List<Endpoint> listed(String to) throws InterruptedException {
    if (to.equals(Tunnel.CORE.toString())) {
      var core = new ArrayList<>(endpoints(resolver.snapshot(ServiceNames.PUBSUB)));
      Collections.shuffle(core);
      return core;
    }
    var known = resolver.snapshot(EVERYTHING);
    var found = named(known, to);
    return found.isEmpty() ? named(resolver.awaitChange(EVERYTHING, known, PATIENCE), to) : found;
  }

  private List<Endpoint> named(Snapshot everything, String to) {
    var all = new ArrayList<>(endpoints(everything));
    all.addAll(endpoints(resolver.snapshot(ServiceNames.PUBSUB)));
    return all.stream().filter(endpoint -> endpoint.toString().equals(to)).limit(1).toList();
  }

  private static List<Endpoint> endpoints(Snapshot snapshot) {
    return snapshot.members().stream().map(Member::instance).map(each -> each.endpoint()).toList();
  }

  private boolean allowed(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && (loopback || !address.isLoopbackAddress());
  }
}
