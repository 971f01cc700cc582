package dev.myelin.client.http;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import java.util.HashMap;
import java.util.Map;

/// Where the instances of one service take HTTP requests. Thread-safe; made anew only when
/// membership has changed.
final class HttpMembers {

  private final Resolver resolver;
  private final String service;
  private volatile Known known = new Known(Snapshot.EMPTY, Map.of());

  /// What follows from a snapshot.
  ///
  /// @param snapshot the members
  /// @param endpoints of those that have an HTTP server
  record Known(Snapshot snapshot, Map<InstanceId, Endpoint> endpoints) {}

  HttpMembers(Resolver resolver, String service) {
    this.resolver = resolver;
    this.service = service;
  }

  @SuppressWarnings("ReferenceEquality") // the identical object until it changes
  Known now() {
    var snapshot = resolver.snapshot(service);
    var last = known;
    if (last.snapshot() != snapshot) {
      last = new Known(snapshot, endpoints(snapshot));
      known = last;
    }
    return last;
  }

  private static Map<InstanceId, Endpoint> endpoints(Snapshot snapshot) {
    var endpoints = new HashMap<InstanceId, Endpoint>();
    for (var member : snapshot.members()) {
      var http = member.instance().http();
      if (http != null) {
        endpoints.put(member.instance().id(), http);
      }
    }
    return endpoints;
  }
}
