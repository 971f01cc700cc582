package dev.myelin.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.schema.Migration;
import dev.myelin.storage.schema.SchemaContractTests;
import dev.myelin.storage.schema.SchemaHistory;
import dev.myelin.storage.settle.Settling;
import dev.myelin.storage.settle.SettlingObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CassandraSchemaIT extends SchemaContractTests {

  private static final Duration PATIENT = Duration.ofMinutes(1);

  private static CassandraServer server;
  private static CqlSession session;

  private final List<CassandraConnection> open = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server = CassandraServer.shared();
    session = builder().build();
    run(
        session,
        "CREATE KEYSPACE IF NOT EXISTS schemas WITH replication = {'class': 'NetworkTopologyStrategy', 'replication_factor': 1}");
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  @AfterEach
  void close() {
    open.forEach(CassandraConnection::close);
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
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENT)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENT)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENT)
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, PATIENT)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, PATIENT)
                .build());
  }

  private static CassandraSettings settings(String table, SchemaMode mode) {
    return new CassandraSettings(
        new CassandraSettings.Place("schemas", table, null),
        new CassandraSettings.Levels(
            DefaultConsistencyLevel.QUORUM, DefaultConsistencyLevel.SERIAL),
        mode,
        PATIENT);
  }

  private static void run(CqlSession session, String cql) {
    var _ = session.execute(SimpleStatement.newInstance(cql).setTimeout(PATIENT));
  }

  @Override
  protected List<Migration> released(String table) {
    return CassandraSteps.of(settings(table, SchemaMode.MIGRATE).place(), true);
  }

  @Override
  protected String addColumn(String table, String column) {
    return "ALTER TABLE schemas.%s ADD %s text".formatted(table, column);
  }

  @Override
  protected List<String> makeCounter(String name) {
    return List.of("CREATE TABLE schemas." + name + " (id text PRIMARY KEY, n counter)");
  }

  @Override
  protected String count(String name) {
    return "UPDATE schemas." + name + " SET n = n + 1 WHERE id = 'one'";
  }

  @Override
  protected long counted(String name) {
    var row = session.execute("SELECT n FROM schemas." + name).one();
    return row == null ? 0 : row.getLong("n");
  }

  @Override
  protected void run(String cql) {
    run(session, cql);
  }

  @Override
  protected SchemaHistory history(String table) {
    return new CassandraHistory(session, settings(table, SchemaMode.MIGRATE));
  }

  @Override
  protected void ensure(String table, SchemaMode mode, Duration turn, List<Migration> further) {
    new CassandraSchema(session, settings(table, mode), UUID.randomUUID().toString(), turn, further)
        .ensure();
  }

  @Override
  protected ObjectStore store(String table) {
    var settings = settings(table, SchemaMode.MIGRATE);
    var connection = connect(settings);
    open.add(connection);
    return new SettlingObjectStore(
        new CassandraTable(connection, settings),
        ObjectLimits.DEFAULT,
        Settling.within(PATIENT),
        RandomGenerator.getDefault());
  }

  @Test
  void storeOfServersWithoutIndexesOfAKeyGetsOneWhereTheyHaveThem() {
    var table = "grown";
    released(table).getFirst().statements().forEach(this::run);
    var key = new ObjectKey("account", "1");

    var version = store(table).create(key, new byte[] {7}, null);

    assertThat(history(table).found()).isEqualTo(2);
    assertThat(history(table).taken().orElseThrow())
        .extracting(SchemaHistory.Taken::version)
        .containsExactlyInAnyOrder(1, 2);
    assertThat(store(table).get(key).map(object -> object.version())).isEqualTo(version);
  }
}
