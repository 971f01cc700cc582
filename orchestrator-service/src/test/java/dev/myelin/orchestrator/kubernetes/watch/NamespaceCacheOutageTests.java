package dev.myelin.orchestrator.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.watch.ScriptedApi.Answer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What a cache makes of an API that breaks off, forgets, refuses and goes away.
final class NamespaceCacheOutageTests {

  private final ScriptedApi api = new ScriptedApi();
  private final KubernetesClient client = api.client();
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final NamespaceCache cache = new NamespaceCache(client, "n", Budgets.NONE, changes::add);
  private final Said said = new Said();

  @BeforeEach
  void listen() {
    said.start();
    logger().addAppender(said);
    logger().setLevel(Level.INFO);
  }

  @AfterEach
  void close() {
    logger().detachAppender(said);
    logger().setLevel(null);
    cache.close();
    client.close();
    api.close();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(NamespaceCache.class.getName());
  }

  private void awaitChange(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      assertThat(changes.poll(60, TimeUnit.SECONDS)).as("a change within a minute").isNotNull();
    }
  }

  // Nothing tells when: what it follows from is awaited first
  private void awaitTrue(BooleanSupplier condition) throws InterruptedException {
    for (int tries = 0; !condition.getAsBoolean(); tries++) {
      assertThat(tries).as("tries of 10 ms; %s", cache.unwatched()).isLessThan(6_000);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private List<String> services() {
    return cache.services().stream().map(Microservice::service).sorted().toList();
  }

  private void startWith(String... services) throws InterruptedException {
    for (var service : services) {
      api.put(service);
    }
    cache.start();
    awaitChange(() -> services().equals(List.of(services)));
    assertThat(api.awaitRequest()).isEqualTo("list");
    assertThat(api.awaitRequest()).isEqualTo("watch from " + (10 + services.length));
  }

  @Test
  void watchThatBreaksIsResumedWhereItBrokeOff() throws InterruptedException {
    startWith("a");
    api.put("b");
    awaitChange(() -> services().equals(List.of("a", "b")));

    api.breakWatches();

    assertThat(api.awaitRequest()).as("no list").isEqualTo("watch from 12");
    awaitTrue(() -> cache.unwatched().isEmpty());
    api.put("c");
    awaitChange(() -> services().equals(List.of("a", "b", "c")));
  }

  @Test
  void whatIsForgottenIsListedAnewAndWhatHasGoneIsTold() throws InterruptedException {
    startWith("a", "b");
    api.removeUnheard("a");
    api.putUnheard("c");
    changes.clear();

    api.forget();

    awaitChange(() -> services().equals(List.of("b", "c")));
    awaitChange(() -> cache.service("a").isEmpty());
    assertThat(api.awaitRequest()).isEqualTo("list");
  }

  @Test
  void placeThatIsForgottenWhileAwayIsListedAnew() throws InterruptedException {
    startWith("a");
    api.removeUnheard("a");
    api.putUnheard("b");
    api.next(Answer.status(410, "Expired"));

    api.breakWatches();

    awaitChange(() -> services().equals(List.of("b")));
    assertThat(api.awaitRequest()).isEqualTo("watch from 11");
    assertThat(api.awaitRequest()).isEqualTo("list");
  }

  @Test
  void refusedListsAreTriedAgainAndNothingIsCompleteBefore() throws InterruptedException {
    api.put("a");
    for (int i = 0; i < 3; i++) {
      api.next(new Answer(429, "1", "Too many requests, please try again later."));
    }
    api.next(new Answer(0, null, ""));
    api.next(Answer.status(503, "ServiceUnavailable"));

    cache.start();
    for (int i = 0; i < 5; i++) {
      assertThat(api.awaitRequest()).isEqualTo("list");
    }
    awaitTrue(cache::complete);

    assertThat(services()).containsExactly("a");
    awaitTrue(() -> cache.unwatched().isEmpty() && said.lines.size() > 1);
    assertThat(said.lines)
        .containsExactly(
            "WARN Cannot watch Microservice in namespace 'n', trying on",
            "INFO Watching everything in namespace 'n' again");
  }

  @Test
  void lastStateStaysWhileTheApiIsAwayAndWhatHappenedThenIsHeard() throws InterruptedException {
    startWith("a");
    awaitTrue(cache::complete);

    api.down();
    awaitTrue(() -> cache.unwatched().contains("Microservice"));
    assertThat(services()).containsExactly("a");
    assertThat(cache.complete()).isTrue();
    api.putUnheard("b");
    api.next(Answer.status(410, "Expired")); // it has been away for long
    api.up();

    awaitChange(() -> services().equals(List.of("a", "b")));
    awaitTrue(() -> cache.unwatched().isEmpty());
  }

  /// Lines of the cache, without what the failure was.
  private static final class Said extends AppenderBase<ILoggingEvent> {

    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
        lines.add(
            event.getLevel()
                + " "
                + event.getFormattedMessage().replaceAll("trying on: .*", "trying on"));
      }
    }
  }
}
