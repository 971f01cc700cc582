package dev.myelin.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
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
import java.sql.SQLException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PostgresObjectStoreIT extends ObjectStoreContractTests {

  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration HURRIED = Duration.ofSeconds(1);

  private static PostgresServer server;
  private static HikariDataSource source;
  private static ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresServer();
    source = server.connect("tests", PATIENT);
    store = store(source, "myelin_object", SchemaMode.MIGRATE, PATIENT);
  }

  @AfterAll
  static void stop() throws Exception {
    source.close();
    server.close();
  }

  private static ObjectStore store(
      DataSource source, String table, SchemaMode mode, Duration patience) {
    var settings = new JdbcSettings(table, patience);
    return new SettlingObjectStore(
        new JdbcTable(source, settings, new JdbcSchema(source, settings, mode)),
        ObjectLimits.DEFAULT,
        Settling.within(patience.multipliedBy(3)),
        RandomGenerator.getDefault());
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    RealTime.pass(time);
  }

  @Test
  void tableWhenTheUserMayNotMakeItIsPrinted() throws Exception {
    run("CREATE USER guest");
    run("CREATE SCHEMA private");
    run("GRANT USAGE ON SCHEMA private TO guest");
    try (var guest = server.connect("guest", PATIENT)) {
      var refused = store(guest, "private.objects", SchemaMode.MIGRATE, PATIENT);

      assertThat(failure(() -> refused.get(key())))
          .hasMessageContaining("could not be changed")
          .hasMessageContaining("CREATE TABLE IF NOT EXISTS private.objects");

      for (var step : Dialect.POSTGRESQL.steps("private.objects")) {
        for (var sql : step.statements()) {
          run(sql);
        }
      }
      run("GRANT ALL ON private.objects TO guest");
      assertThat(refused.create(key(), new byte[] {1}, null)).isPresent();
    }
  }

  @Test
  void tableWhenSomebodyElseMakesItIsPrinted() {
    var waiting = store(source, "not_there", SchemaMode.PRINT, PATIENT);

    assertThat(failure(() -> waiting.create(key(), new byte[] {1}, null)))
        .hasMessageContaining("myelin.objects.schema=print")
        .hasMessageContaining("CREATE TABLE IF NOT EXISTS not_there");
  }

  @Test
  void writeInATransactionOfTheApplicationIsThereAtOnce() throws Exception {
    var key = key();
    try (var around = source.getConnection()) {
      around.setAutoCommit(false);

      var version = store.create(key, new byte[] {1}, null).orElseThrow();
      around.rollback();

      assertThat(store.get(key)).map(object -> object.version()).contains(version);
    }
  }

  @Test
  void objectsWhenTheServerIsPausedAndKilledAreOneChainEach() throws Exception {
    var connections = server.connect("tests", HURRIED);
    var hurried = store(connections, "myelin_object", SchemaMode.MIGRATE, HURRIED);
    try (connections;
        var trial = new StoreTrial(hurried, 6, 3)) {
      trial.awaitWrites(100);
      server.signal("STOP");
      RealTime.pass(Duration.ofSeconds(4));
      server.signal("CONT");
      trial.awaitWrites(100);
      server.kill();
      assertThat(failure(() -> hurried.get(key())).execution()).isEqualTo(Execution.DID_NOT_RUN);
      server.start();
      trial.awaitWrites(100);

      assertThat(trial.faults()).isEmpty();
    }
  }

  private static void run(String sql) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static StoreException failure(Runnable call) {
    return catchThrowableOfType(StoreException.class, call::run);
  }
}
