package dev.myelin.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import dev.myelin.Execution;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectStoreContractTests;
import dev.myelin.storage.RealTime;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoreTrial;
import dev.myelin.storage.settle.Settling;
import dev.myelin.storage.settle.SettlingObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CassandraObjectStoreIT extends ObjectStoreContractTests {

  private static CassandraServer server;
  private static CassandraConnection connection;
  private static ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    server = CassandraServer.shared();
    var settings = settings("objects", SchemaMode.MIGRATE);
    connection = connect(settings);
    store = store(connection, settings);
    // the first connection loads the driver and makes the table
    assertThat(connected(store)).isTrue();
  }

  @AfterAll
  static void stop() {
    connection.close();
  }

  private static CassandraConnection connect(CassandraSettings settings) {
    return new CassandraConnection(() -> builder().build(), CqlSession::closeAsync, settings);
  }

  private static CqlSessionBuilder builder() {
    return CqlSession.builder()
        .addContactPoint(server.address())
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2))
                .withDuration(
                    DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(5))
                // on a busy machine a server that works may not say so for long
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(30))
                .build());
  }

  private static CassandraSettings settings(String table, SchemaMode mode) {
    return new CassandraSettings(
        new CassandraSettings.Place("myelin", table, null),
        new CassandraSettings.Levels(
            DefaultConsistencyLevel.QUORUM, DefaultConsistencyLevel.SERIAL),
        mode,
        Duration.ofSeconds(10));
  }

  private static ObjectStore store(CassandraConnection connection, CassandraSettings settings) {
    return new SettlingObjectStore(
        new CassandraTable(connection, settings),
        ObjectLimits.DEFAULT,
        Settling.within(Duration.ofSeconds(30)),
        RandomGenerator.getDefault());
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected int writesPerCaller() {
    return 10;
  }

  @Override
  protected void pass(Duration time) {
    RealTime.pass(time);
  }

  @Test
  void timeToLiveWhenItBeginsLateInASecondOfTheServerIsNotCutShort() {
    for (int times = 0; times < 3; times++) {
      long late = 990 - Clock.systemUTC().millis() % 1_000;
      pass(Duration.ofMillis(late < 0 ? late + 1_000 : late));

      assertThat(created(key(), Duration.ofSeconds(1)).number()).isEqualTo(1);
    }
  }

  @Test
  void tableWhenSomebodyElseMakesItIsPrinted() {
    var settings = settings("not_there", SchemaMode.PRINT);
    try (var other = connect(settings)) {
      var waiting = store(other, settings);

      assertThat(failure(() -> waiting.create(key(), new byte[] {1}, null)))
          .hasMessageContaining("myelin.objects.schema=print")
          .hasMessageContaining("CREATE TABLE IF NOT EXISTS myelin.not_there")
          .hasMessageContaining("CREATE INDEX IF NOT EXISTS not_there_type");
    }
  }

  @Test
  void objectsWhenTheServerIsPausedAreOneChainEach() throws Exception {
    var settings =
        new CassandraSettings(
            settings("objects", SchemaMode.MIGRATE).place(),
            settings("objects", SchemaMode.MIGRATE).levels(),
            SchemaMode.PRINT,
            Duration.ofSeconds(1));
    try (var impatient = connect(settings)) {
      var table = new CassandraTable(impatient, settings);
      var hurried =
          new SettlingObjectStore(
              table,
              ObjectLimits.DEFAULT,
              Settling.within(Duration.ofSeconds(2)),
              RandomGenerator.getDefault());
      var _ = connected(hurried);
      try (var trial = new StoreTrial(hurried, 6, 3)) {
        for (int round = 0; round < 3; round++) {
          trial.awaitWrites(30);
          server.signal("STOP");
          RealTime.pass(Duration.ofSeconds(4));
          server.signal("CONT");
        }
        trial.awaitWrites(30);

        assertThat(trial.faults()).isEmpty();
        assertThat(trial.unclear()).isPositive();
      }
    }
  }

  @Test
  void storeWhenTheServerIsKilledAndComesBackRecoversWithoutLoss() throws Exception {
    var settings = settings("objects", SchemaMode.MIGRATE);
    try (var trial = new StoreTrial(store, 4, 3);
        var late = connect(settings)) {
      trial.awaitWrites(20);
      server.kill();
      var startedWithout = store(late, settings);
      var failure = failure(() -> startedWithout.get(key()));
      server.start();

      assertThat(failure.execution()).isEqualTo(Execution.DID_NOT_RUN);
      assertThat(failure)
          .hasMessageContaining("myelin.objects")
          .hasMessageContaining("spring.cassandra");
      assertThat(connected(startedWithout)).isTrue();
      trial.awaitWrites(20);
      assertThat(trial.faults()).isEmpty();
    }
  }

  /// Waits until a store answers.
  private static boolean connected(ObjectStore store) {
    for (int tries = 0; tries < 600; tries++) {
      try {
        return store.get(key()).isEmpty();
      } catch (StoreException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
    return false;
  }

  private static StoreException failure(Runnable call) {
    return catchThrowableOfType(StoreException.class, call::run);
  }
}
