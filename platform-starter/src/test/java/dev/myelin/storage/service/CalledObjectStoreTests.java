package dev.myelin.storage.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.autoconfigure.MyelinAutoConfiguration;
import dev.myelin.autoconfigure.ObjectStoreAutoConfiguration;
import dev.myelin.callpath.Sides;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectStoreContractTests;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.RealTime;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.jdbc.JdbcTable;
import dev.myelin.storage.settle.UnclearWriteException;
import dev.myelin.storage.settle.VersionedTable.Written;
import dev.myelin.storage.settle.Write;
import java.time.Duration;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/// The contract of the store as a process has it that holds no connections: over the network.
final class CalledObjectStoreTests extends ObjectStoreContractTests {

  @SuppressWarnings("NullAway.Init")
  private static Sides sides;

  @BeforeAll
  static void start() throws Exception {
    sides = Sides.remote(Application.class);
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  @Override
  protected ObjectStore store() {
    return sides.caller().getBean(ObjectStore.class);
  }

  /// Frames are smaller between the two sides than between processes.
  @Override
  protected ObjectLimits limits() {
    return new ObjectLimits(512 << 10);
  }

  @Override
  protected void pass(Duration time) {
    RealTime.pass(time);
  }

  @Test
  void connectionsAreHeldByTheHostAlone() {
    var _ = store().get(key());

    assertThat(sides.host().getBeanFactory().containsSingleton("myelinJdbcTable")).isTrue();
    assertThat(sides.caller().getBeanFactory().containsSingleton("myelinJdbcTable")).isFalse();
    assertThat(sides.caller().getBeanNamesForType(JdbcTable.class)).hasSize(1);
  }

  @Test
  void pageWhenItWouldBeTooLargeForACallIsShorter() {
    var type = type();
    for (int n = 0; n < 12; n++) {
      var _ = store().create(new ObjectKey(type, "object " + n), new byte[400 << 10], null);
    }
    var tables = new HostedTables(sides.host().getBean(JdbcTable.class));

    var first = tables.scan(type, null, 1_000);
    var second = tables.scan(type, first.next(), 1_000);

    assertThat(first.objects()).hasSize(10);
    assertThat(second.objects()).hasSize(2);
    assertThat(second.next()).isNull();
  }

  @Test
  void writeWhenItsCallFailedIsWhatTheCallSays() {
    var write = new Write.Delete(key(), new ObjectVersion(1, 1));
    var refused = new CalledTable(() -> new Failing(Execution.DID_NOT_RUN));
    var lost = new CalledTable(() -> new Failing(Execution.MAY_HAVE_RUN));

    assertThat(catchThrowableOfType(StoreException.class, () -> refused.write(write)).execution())
        .isEqualTo(Execution.DID_NOT_RUN);
    assertThat(catchThrowableOfType(UnclearWriteException.class, () -> lost.write(write)))
        .hasCauseInstanceOf(CallException.class);
    assertThat(catchThrowableOfType(StoreException.class, () -> lost.read(key())).execution())
        .isEqualTo(Execution.DID_NOT_RUN);
  }

  private record Failing(Execution execution) implements ObjectTables {

    private CallException failure() {
      return new CallException(Status.UNAVAILABLE, execution, "no instance");
    }

    @Override
    public boolean write(Write write) {
      throw failure();
    }

    @Override
    public Optional<Written> read(ObjectKey key) {
      throw failure();
    }

    @Override
    public ObjectPage scan(String type, @Nullable String from, int limit) {
      throw failure();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @PropertySource("classpath:object-service.properties")
  @ImportAutoConfiguration({MyelinAutoConfiguration.class, ObjectStoreAutoConfiguration.class})
  static class Application {

    @Bean(destroyMethod = "dispose")
    static JdbcConnectionPool source() {
      return JdbcConnectionPool.create("jdbc:h2:mem:called;DB_CLOSE_DELAY=-1", "sa", "");
    }
  }
}
