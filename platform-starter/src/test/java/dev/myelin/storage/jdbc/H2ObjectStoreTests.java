package dev.myelin.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectStoreContractTests;
import dev.myelin.storage.RealTime;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.settle.Settling;
import dev.myelin.storage.settle.SettlingObjectStore;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class H2ObjectStoreTests extends ObjectStoreContractTests {

  private static final JdbcConnectionPool SOURCE =
      JdbcConnectionPool.create("jdbc:h2:mem:objects;DB_CLOSE_DELAY=-1", "sa", "");
  private static final ObjectStore STORE = store(table("myelin_object"));

  private static JdbcTable table(String name) {
    var settings = new JdbcSettings(name, Duration.ofSeconds(5));
    return new JdbcTable(SOURCE, settings, new JdbcSchema(SOURCE, settings, SchemaMode.MIGRATE));
  }

  private static ObjectStore store(JdbcTable table) {
    return new SettlingObjectStore(
        table,
        ObjectLimits.DEFAULT,
        Settling.within(Duration.ofSeconds(10)),
        RandomGenerator.getDefault());
  }

  @AfterAll
  static void close() {
    SOURCE.dispose();
  }

  @Override
  protected ObjectStore store() {
    return STORE;
  }

  @Override
  protected void pass(Duration time) {
    RealTime.pass(time);
  }

  @Test
  void purgeRemovesWhatIsOutOfTimeAndNothingElse() throws Exception {
    // what other tests leave may be out of time at any moment
    var table = table("myelin_purged");
    var store = store(table);
    var kept = key();
    var version = store.create(kept, new byte[] {1}, Duration.ofSeconds(100));
    var _ = store.create(key(), new byte[] {1}, Duration.ofSeconds(1));
    pass(Duration.ofMillis(1_100));

    assertThat(table.purge(1_000)).isEqualTo(1);
    assertThat(table.purge(1_000)).isZero();
    assertThat(store.get(kept)).map(object -> object.version()).isEqualTo(version);
  }
}
