package dev.myelin.samples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.samples.ledger.LedgerController.NewAccount;
import dev.myelin.samples.ledger.LedgerController.NewTransfer;
import dev.myelin.storage.cassandra.CassandraServer;
import dev.myelin.storage.memcached.MemcachedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

/// The ledger in Cassandra with memcacheds before it, each of which is stopped and killed while
/// fifty clients move money: every transfer ends, and the accounts are what the transfers say.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.cassandra.local-datacenter=datacenter1",
      "myelin.objects.cassandra.table=ledger",
      "myelin.objects.turn-lease=1s"
    })
class LedgerFaultsIT {

  private static final int CLIENTS = 50;
  private static final int ACCOUNTS = 12;
  private static final long PAID_IN = 10_000;
  private static final Duration LULL = Duration.ofSeconds(2);
  private static final Duration STOPPED = Duration.ofSeconds(3);
  private static final Duration BEFORE_AGAIN = Duration.ofMillis(200);

  @SuppressWarnings("NullAway.Init") // set before the context starts
  private static CassandraServer cassandra;

  @SuppressWarnings("NullAway.Init")
  private static List<MemcachedServer> memcacheds;

  @LocalServerPort private int port;

  private final AtomicInteger refusedAtFirst = new AtomicInteger();

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) throws Exception {
    cassandra = CassandraServer.shared();
    memcacheds = List.of(MemcachedServer.start(), MemcachedServer.start());
    registry.add(
        "spring.cassandra.contact-points", () -> "127.0.0.1:" + cassandra.address().getPort());
    registry.add(
        "myelin.ephemeral.servers",
        () ->
            String.join(
                ",",
                memcacheds.stream().map(each -> "127.0.0.1:" + each.endpoint().port()).toList()));
  }

  @AfterAll
  static void stop() {
    memcacheds.forEach(MemcachedServer::close);
  }

  /// A transfer as its client saw it.
  private record Made(int from, int to, long cents, boolean done) {}

  /// What the page is told about an account.
  private record Shown(String number, long balance) {}

  /// All accounts, as the page is told.
  private record AllShown(List<Shown> accounts, long sum) {}

  @Test
  void moneyWhileServersFailIsNeitherLostNorMade() throws Exception {
    var http = RestClient.create("http://127.0.0.1:" + port);
    for (int n = 0; n < ACCOUNTS; n++) {
      open(http, new NewAccount("a" + n, "owner", PAID_IN));
    }

    var made = moveWhileServersFail(http);

    var expected = new HashMap<String, Long>();
    for (int n = 0; n < ACCOUNTS; n++) {
      expected.put("a" + n, PAID_IN);
    }
    made.stream()
        .filter(Made::done)
        .forEach(transfer -> {
          expected.merge("a" + transfer.from(), -transfer.cents(), Long::sum);
          expected.merge("a" + transfer.to(), transfer.cents(), Long::sum);
        });
    var shown = shown(http);
    var balances = new HashMap<String, Long>();
    shown.accounts().forEach(account -> balances.put(account.number(), account.balance()));
    assertThat(shown.sum()).isEqualTo(ACCOUNTS * PAID_IN);
    assertThat(balances).isEqualTo(expected);
    assertThat(made).hasSizeGreaterThan(CLIENTS);
    assertThat(refusedAtFirst).as("a store that was away was noticed").hasPositiveValue();
  }

  private static AllShown shown(RestClient http) {
    while (true) {
      try {
        return java.util.Objects.requireNonNull(
            http.get().uri("/accounts").retrieve().body(AllShown.class));
      } catch (HttpServerErrorException away) {
        pass(BEFORE_AGAIN);
      }
    }
  }

  // the first connection with Cassandra may take longer than one call waits for it
  private void open(RestClient http, NewAccount account) {
    while (true) {
      try {
        http.post().uri("/accounts").body(account).retrieve().toBodilessEntity();
        return;
      } catch (HttpClientErrorException.Conflict done) {
        return;
      } catch (HttpServerErrorException away) {
        pass(BEFORE_AGAIN);
      }
    }
  }

  private List<Made> moveWhileServersFail(RestClient http) throws Exception {
    var over = new AtomicBoolean();
    var made = new ArrayList<Made>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<List<Made>>>();
      for (int client = 0; client < CLIENTS; client++) {
        int number = client;
        running.add(clients.submit(() -> move(http, number, over)));
      }
      try {
        letServersFail();
      } finally {
        over.set(true);
      }
      for (var each : running) {
        made.addAll(each.get());
      }
    }
    return made;
  }

  private static void letServersFail() throws IOException, InterruptedException {
    memcacheds.getFirst().pause();
    pass(STOPPED);
    memcacheds.getFirst().resume();
    pass(LULL);
    cassandra.signal("STOP");
    pass(STOPPED);
    cassandra.signal("CONT");
    pass(LULL);
    memcacheds.getLast().kill();
    pass(LULL);
    memcacheds.getLast().restart();
    pass(LULL);
    cassandra.kill();
    cassandra.start();
    pass(LULL);
  }

  private static void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private List<Made> move(RestClient http, int client, AtomicBoolean over) {
    var random = new Random(client);
    var made = new ArrayList<Made>();
    while (!over.get()) {
      int from = random.nextInt(ACCOUNTS);
      int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
      long cents = 1L + random.nextInt(100);
      var state = transfer(http, client + "-" + made.size(), from, to, cents);
      made.add(new Made(from, to, cents, state.equals("DONE")));
    }
    return made;
  }

  /// Orders a transfer until it has ended: the same order again is the same transfer.
  private String transfer(RestClient http, String id, int from, int to, long cents) {
    while (true) {
      try {
        var ended =
            java.util.Objects.requireNonNull(
                http.put()
                    .uri("/transfers/" + id)
                    .body(new NewTransfer("a" + from, "a" + to, cents))
                    .retrieve()
                    .body(new ParameterizedTypeReference<Map<String, String>>() {}));
        return java.util.Objects.requireNonNull(ended.get("state"));
      } catch (HttpServerErrorException away) {
        refusedAtFirst.incrementAndGet();
        pass(BEFORE_AGAIN);
      }
    }
  }
}
