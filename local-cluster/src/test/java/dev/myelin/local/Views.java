package dev.myelin.local;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Made-up clusters.
final class Views {

  static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  static final ClusterView EMPTY = new ClusterView(Map.of(), CallTotals.NONE);

  private Views() {}

  static InstanceView serving(String id) {
    return new InstanceView(
        new InstanceId(id), 4711, "127.0.0.1:41213", InstanceState.SERVING, 3, NOW.minusSeconds(7));
  }

  static InstanceView starting(String id) {
    return new InstanceView(
        new InstanceId(id), 4712, null, InstanceState.STARTING, 0, NOW.minusSeconds(1));
  }

  static InstanceView in(InstanceState state, InstanceView instance) {
    return new InstanceView(
        instance.id(),
        instance.pid(),
        instance.address(),
        state,
        instance.inFlight(),
        instance.startedAt());
  }

  static ClusterView of(String service, InstanceView... instances) {
    return new ClusterView(Map.of(service, List.of(instances)), CallTotals.NONE);
  }

  static ClusterView merged(ClusterView... views) {
    var services = new HashMap<String, List<InstanceView>>();
    Stream.of(views).forEach(view -> services.putAll(view.services()));
    return new ClusterView(services, new CallTotals(1200, 3, 1));
  }
}
