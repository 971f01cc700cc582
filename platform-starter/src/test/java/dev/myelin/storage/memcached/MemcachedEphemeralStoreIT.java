package dev.myelin.storage.memcached;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.EphemeralStoreContractTests;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// The contract against real memcacheds.
final class MemcachedEphemeralStoreIT {

  abstract static class Contract extends EphemeralStoreContractTests {

    abstract MemcachedEphemeralStore connected();

    @Override
    protected EphemeralStore store() {
      return connected();
    }

    @Override
    protected void awaitEndOfASecond() {
      // memcached's clock ticks once a second
      Awaitility.await().pollDelay(Duration.ofMillis(2_100)).until(() -> true);
    }
  }

  @Nested
  final class OneNode extends Contract {

    @Override
    MemcachedEphemeralStore connected() {
      return Objects.requireNonNull(one);
    }
  }

  @Nested
  final class ThreeNodesWithTwoReplicas extends Contract {

    @Override
    MemcachedEphemeralStore connected() {
      return Objects.requireNonNull(replicated);
    }
  }

  private static @Nullable MemcachedEphemeralStore one;
  private static @Nullable MemcachedEphemeralStore replicated;
  private static List<MemcachedServer> servers = List.of();

  @BeforeAll
  static void start() throws Exception {
    servers = List.of(MemcachedServer.start(), MemcachedServer.start(), MemcachedServer.start());
    one = connect(servers.subList(0, 1), settings("one:", 1));
    replicated = connect(servers, settings("three:", 2));
  }

  static MemcachedSettings settings(String prefix, int replicas) {
    return new MemcachedSettings(
        prefix,
        replicas,
        Duration.ofSeconds(5),
        new MemcachedSettings.Sizes(1_048_576, 8_000_000),
        new MemcachedSettings.Warming(Duration.ofMinutes(1), 100_000, Duration.ofMillis(100)));
  }

  static MemcachedEphemeralStore connect(
      List<MemcachedServer> servers, MemcachedSettings settings) {
    return MemcachedEphemeralStore.connect(
        settings,
        NodeSource.of(servers.stream().map(MemcachedServer::endpoint).toList()),
        Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(one).close();
    Objects.requireNonNull(replicated).close();
    servers.forEach(MemcachedServer::close);
  }
}
