package dev.myelin.pubsub;

import static dev.myelin.membership.Members.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.membership.MembershipFeed;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Three real pubsubs on one folder, killed in turn while instances come and go.
final class PubSubClusterIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  private final Map<String, PubSubProcess> pubsubs = new HashMap<>();
  private final List<ConfigurableApplicationContext> clients = new ArrayList<>();
  private final Set<String> expected = new TreeSet<>();
  private int started;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Client {}

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < 3; i++) {
      startPubSub();
    }
    for (int i = 0; i < 3; i++) {
      clients.add(client("client-" + i));
    }
  }

  private void startPubSub() throws IOException {
    var id = "core-" + ++started;
    pubsubs.put(id, PubSubProcess.start(id, root));
  }

  private ConfigurableApplicationContext client(String id) {
    var context =
        new SpringApplicationBuilder(Client.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .properties(
                "myelin.mode=process",
                "myelin.instance-id=" + id,
                "myelin.cluster.folder=" + root.resolve("cluster"),
                "myelin.orphan-timeout=1h")
            .run();
    context.getBean(MembershipFeed.class).snapshot("orders");
    return context;
  }

  @AfterEach
  void stop() {
    clients.forEach(ConfigurableApplicationContext::close);
    pubsubs.values().forEach(PubSubProcess::close);
  }

  private String writer() throws IOException {
    var file = root.resolve("cluster").resolve("membership.json");
    return JsonMapper.shared().readTree(Files.readString(file)).get("holder").asString();
  }

  private String follower() throws IOException {
    var writer = writer();
    return pubsubs.keySet().stream().filter(id -> !id.equals(writer)).findFirst().orElseThrow();
  }

  private PubSub pubsub() {
    return clients.getFirst().getBean(PubSub.class);
  }

  private long register(String id) {
    expected.add(id);
    return pubsub().register(instance(id, "orders"));
  }

  private void assertConverged() {
    for (var client : clients) {
      var feed = client.getBean(MembershipFeed.class);
      await()
          .atMost(LIMIT)
          .untilAsserted(() ->
              assertThat(feed.snapshot("orders").members())
                  .extracting(member -> member.instance().id().value())
                  .containsExactlyElementsOf(expected));
    }
  }

  @Test
  void nothingIsLostWhicheverPubsubIsKilled() throws Exception {
    await().atMost(LIMIT).until(() -> registered() == 3);
    register("orders-0");
    assertConverged();

    long version = 0;
    for (int round = 1; round <= 4; round++) {
      var victim = round % 2 == 1 ? writer() : follower();
      register("orders-" + round + "-before");
      Objects.requireNonNull(pubsubs.remove(victim)).kill();
      // Both have to be written by somebody, and by nobody who is gone
      version = register("orders-" + round + "-after");
      expected.remove("orders-" + round + "-before");
      pubsub().deregister(new InstanceId("orders-" + round + "-before"), "left");

      assertConverged();
      startPubSub();
      // else the last one that runs could be the next to be killed
      await().atMost(LIMIT).until(this::lastIsRegistered);
    }

    long last = version;
    await().atMost(LIMIT).until(() -> pubsub().acknowledgement(last).complete());
  }

  private boolean lastIsRegistered() {
    return Files.exists(
        root.resolve("cluster").resolve("core").resolve("core-" + started + ".json"));
  }

  private long registered() throws IOException {
    var core = root.resolve("cluster").resolve("core");
    if (!Files.isDirectory(core)) {
      return 0; // the first of them has not got that far
    }
    try (var files = Files.list(core)) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    }
  }
}
