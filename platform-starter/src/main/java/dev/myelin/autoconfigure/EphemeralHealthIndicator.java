package dev.myelin.autoconfigure;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.EphemeralStores;
import dev.myelin.storage.memcached.MemcachedEphemeralStore;
import dev.myelin.storage.memcached.NodeState;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Lists the nodes of each cluster. Down where a cluster has none left: with one less, the others
/// do.
final class EphemeralHealthIndicator extends AbstractHealthIndicator {

  private final EphemeralStores stores;

  EphemeralHealthIndicator(EphemeralStores stores) {
    super("The state of the memcacheds cannot be told");
    this.stores = stores;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    builder.up();
    add(builder, "shared", stores.shared());
    stores.named().forEach((name, store) -> add(builder, name, store));
  }

  private static void add(Health.Builder builder, String name, EphemeralStore store) {
    if (store instanceof MemcachedEphemeralStore memcached) {
      var nodes = memcached.nodes();
      builder.withDetail(
          name,
          nodes.stream()
              .collect(
                  Collectors.toMap(
                      state -> state.node().toString(),
                      state -> state.available() ? "UP" : "DOWN")));
      if (nodes.stream().noneMatch(NodeState::available)) {
        builder.down();
      }
    }
  }
}
