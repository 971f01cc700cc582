package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.storage.EphemeralStores;
import dev.myelin.storage.memcached.MemcachedEphemeralStore;
import dev.myelin.storage.memcached.MemcachedServer;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// Real memcacheds beside the instances of a service, which come, go and are lost from sight.
final class MemberNodesIT {

  private static final int KEYS = 50;
  private static final Duration LONG = Duration.ofMinutes(10);

  private final SettableMembership membership = new SettableMembership();
  private final int port = MemcachedServer.freePort();
  private MemcachedServer first;
  private MemcachedServer second;

  @BeforeEach
  void start() throws Exception {
    first = MemcachedServer.start("127.0.0.2", port);
    second = MemcachedServer.start("127.0.0.3", port);
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private void member(String id, String host) {
    var process = new Instance.ProcessIdentity(Role.INSTANCE, 1, "b", Instant.EPOCH);
    membership.put(
        "ledger",
        new Member(
            new Instance(
                new InstanceId(id), List.of("ledger"), new Endpoint(host, 1), null, process),
            InstanceState.SERVING));
  }

  private static void awaitNodes(MemcachedEphemeralStore store, MemcachedServer... servers) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(store.nodes())
                .allMatch(state -> state.available())
                .extracting(state -> state.node())
                .containsExactlyInAnyOrderElementsOf(
                    List.of(servers).stream().map(MemcachedServer::endpoint).toList()));
  }

  private static void fill(MemcachedEphemeralStore store, String value) {
    for (int i = 0; i < KEYS; i++) {
      store.put("k" + i, value.getBytes(StandardCharsets.UTF_8), LONG);
    }
  }

  private static List<String> values(MemcachedEphemeralStore store) {
    return IntStream.range(0, KEYS)
        .mapToObj(i ->
            store
                .get("k" + i)
                .map(found -> new String(found.value(), StandardCharsets.UTF_8))
                .orElse("none"))
        .toList();
  }

  @Test
  void nodesAreBesideTheInstancesOfTheService() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(MyelinAutoConfiguration.class, EphemeralAutoConfiguration.class))
        .withBean(SettableMembership.class, () -> membership)
        .withPropertyValues(
            "spring.application.name=shop",
            "myelin.ephemeral.service=ledger:" + port,
            "myelin.ephemeral.warming.refresh=100ms")
        .run(context -> {
          var store = (MemcachedEphemeralStore) context.getBean(EphemeralStores.class).shared();
          member("ledger-1", "127.0.0.2");
          awaitNodes(store, first);
          fill(store, "old");
          assertThat(values(store)).containsOnly("old");

          member("ledger-2", "127.0.0.3");
          awaitNodes(store, first, second);
          // what is not there yet is found where it was
          assertThat(values(store)).containsOnly("old");
          fill(store, "new");

          membership.remove("ledger", "ledger-1");
          awaitNodes(store, second);
          first.kill();
          assertThat(values(store)).isSubsetOf("new", "none").contains("new");
          fill(store, "last");
          assertThat(values(store)).containsOnly("last");
        });
  }
}
