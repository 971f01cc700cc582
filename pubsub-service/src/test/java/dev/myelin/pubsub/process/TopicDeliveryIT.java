package dev.myelin.pubsub.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.pubsub.PubSubApplication;
import dev.myelin.pubsub.process.PublisherApplication.Till;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Nothing that was accepted is lost, whoever is killed.
@Timeout(600)
class TopicDeliveryIT {

  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final int ORDERS = 300;

  @TempDir private Path folder;

  private Jvm pubsub(String name) throws IOException {
    return new Jvm(
        PubSubApplication.class, folder, name, "--spring.application.name=pubsub-service");
  }

  private Jvm subscriber(String name) throws IOException {
    return new Jvm(
        SubscriberApplication.class,
        folder,
        name,
        "--myelin.hosts=warehouse",
        "--ledger=" + ledger(name));
  }

  private Path ledger(String name) {
    return folder.resolve(name + ".ledger");
  }

  private ConfigurableApplicationContext publisher() {
    return new SpringApplicationBuilder(PublisherApplication.class)
        .run(
            "--myelin.mode=process",
            "--myelin.cluster.folder=" + folder.resolve("cluster"),
            "--myelin.instance-id=publisher",
            "--myelin.orphan-timeout=1h",
            "--myelin.topics.publish-timeout=2m",
            "--spring.application.name=publisher",
            "--spring.main.banner-mode=off");
  }

  private Stream<String[]> lines(String what, String... ledgers) {
    return Stream.of(ledgers)
        .map(this::ledger)
        .filter(Files::exists)
        .flatMap(file -> {
          try {
            return written(Files.readString(file));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        })
        .map(line -> line.split(" "))
        .filter(line -> line[0].equals(what));
  }

  // the last line may be only half there: it is being written, or its writer was killed
  private static Stream<String> written(String ledger) {
    return ledger.substring(0, ledger.lastIndexOf('\n') + 1).lines();
  }

  private Set<Integer> handled(String... ledgers) {
    return lines("handled", ledgers)
        .map(line -> Integer.valueOf(line[1]))
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  private void awaitHandled(int least, String... ledgers) {
    await().atMost(LIMIT).until(() -> handled(ledgers).size() >= least);
  }

  @Test
  void everyPublicationIsHandledWhoeverIsKilled() throws Exception {
    try (var first = pubsub("core-1");
        var one = subscriber("shop-1");
        var other = subscriber("shop-2");
        var publisher = publisher()) {
      var till = publisher.getBean(Till.class);
      // the group begins with its first subscription
      await()
          .atMost(LIMIT)
          .until(() -> {
            till.sell(0);
            return !handled("shop-1").isEmpty() && !handled("shop-2").isEmpty();
          });

      var publishing =
          Thread.startVirtualThread(() -> {
            for (int number = 1; number <= ORDERS; number++) {
              till.sell(number);
            }
          });
      awaitHandled(30, "shop-1", "shop-2");
      one.kill();
      awaitHandled(60, "shop-1", "shop-2");
      first.kill();
      try (var second = pubsub("core-2")) {
        publishing.join();
        awaitHandled(ORDERS + 1, "shop-1", "shop-2");

        assertThat(handled("shop-1", "shop-2"))
            .contains(
                Stream.iterate(1, number -> number + 1).limit(ORDERS).toArray(Integer[]::new));
        assertThat(second.said("state=dead")).as(second::log).isFalse();
      }
      var begun = lines("began", "shop-1").map(line -> line[2]).collect(Collectors.toSet());
      var finished = lines("handled", "shop-1").map(line -> line[2]).toList();
      begun.removeAll(finished);
      assertThat(lines("handled", "shop-2").map(line -> line[2]).toList())
          .as("what was begun by the one that was killed")
          .containsAll(begun);
      assertThat(List.of(first.said("OutOfMemory"), other.said("OutOfMemory"))).containsOnly(false);
    }
  }

  @Test
  void everyPublicationIsHandledWhenTheBrokerMovesToAnotherPubsub() throws Exception {
    try (var first = pubsub("core-1")) {
      await().atMost(LIMIT).until(() -> first.said("holder=core-1 state=opened"));
      try (var second = pubsub("core-2");
          var _ = subscriber("shop-1");
          var publisher = publisher()) {
        await().atMost(LIMIT).until(() -> second.said("state=started"));
        var till = publisher.getBean(Till.class);
        await()
            .atMost(LIMIT)
            .until(() -> {
              till.sell(0);
              return !handled("shop-1").isEmpty();
            });

        var publishing =
            Thread.startVirtualThread(() -> {
              for (int number = 1; number <= ORDERS; number++) {
                till.sell(number);
              }
            });
        awaitHandled(60, "shop-1");
        first.kill();
        publishing.join();
        awaitHandled(ORDERS + 1, "shop-1");

        assertThat(second.said("holder=core-2 state=opened")).as(second::log).isTrue();
      }
    }
  }
}
