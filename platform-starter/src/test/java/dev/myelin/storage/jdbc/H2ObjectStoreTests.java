package dev.myelin.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectStoreContractTests;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.settle.Settling;
import dev.myelin.storage.settle.SettlingObjectStore;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class H2ObjectStoreTests extends ObjectStoreContractTests {

  private static final JdbcConnectionPool SOURCE =
      JdbcConnectionPool.create("jdbc:h2:mem:objects;DB_CLOSE_DELAY=-1", "sa", "");
  private static final JdbcSettings SETTINGS =
      new JdbcSettings("myelin_object", Duration.ofSeconds(5));
  private static final JdbcTable TABLE =
      new JdbcTable(SOURCE, SETTINGS, new JdbcSchema(SOURCE, SETTINGS, SchemaMode.MIGRATE));
  private static final ObjectStore STORE =
      new SettlingObjectStore(
          TABLE,
          ObjectLimits.DEFAULT,
          Settling.within(Duration.ofSeconds(10)),
          RandomGenerator.getDefault());

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
    LockSupport.parkNanos(time.toNanos());
  }

  @Test
  void purgeRemovesWhatIsOutOfTimeAndNothingElse() throws Exception {
    var kept = key();
    var version = STORE.create(kept, new byte[] {1}, Duration.ofSeconds(100));
    var _ = STORE.create(key(), new byte[] {1}, Duration.ofSeconds(1));
    pass(Duration.ofMillis(1_100));

    assertThat(TABLE.purge(1_000)).isGreaterThanOrEqualTo(1);
    assertThat(TABLE.purge(1_000)).isZero();
    assertThat(STORE.get(kept)).map(object -> object.version()).isEqualTo(version);
  }
}
