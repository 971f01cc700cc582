package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Exclusive;
import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.ReadOnly;
import dev.myelin.contract.InvalidServiceException;
import dev.myelin.object.ObjectHost;
import dev.myelin.object.ObjectSpace;
import dev.myelin.server.HostedServices;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.memory.InMemoryObjectStore;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Codec;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// What stops an application whose objects cannot be, and what its definitions become.
final class ObjectFailureTests {

  private static final ApplicationContextRunner IN_PROCESS =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(MyelinAutoConfiguration.class));

  @MicroserviceObject
  static class Good {
    @ObjectId private long id;

    public long id() {
      return id;
    }
  }

  @MicroserviceObject
  static class NoId {}

  @MicroserviceObject
  static class TwoIds {
    @ObjectId private long one;
    @ObjectId private long other;

    public long sum() {
      return one + other;
    }
  }

  @MicroserviceObject
  static class OddId {
    @ObjectId private double id;

    public double id() {
      return id;
    }
  }

  @MicroserviceObject
  static final class Closed {
    @ObjectId private long id;

    public long id() {
      return id;
    }
  }

  @MicroserviceObject
  record Value(@ObjectId String id) {}

  @MicroserviceObject
  static class Open {
    @ObjectId private String id = "";
    private Object anything = "";

    public String id() {
      return id + anything.hashCode();
    }
  }

  @MicroserviceObject
  static class Later {
    @ObjectId private String id = "";

    public CompletableFuture<String> later() {
      return CompletableFuture.completedFuture(id);
    }
  }

  @MicroserviceObject
  static class Both {
    @ObjectId private String id = "";

    @ReadOnly
    @Exclusive
    public String both() {
      return id;
    }
  }

  @MicroserviceObject
  static class Takes {
    @ObjectId private String id = "";

    public boolean takes(Object anything) {
      return id.equals(anything);
    }
  }

  private static void assertRefused(Class<?> type, String... parts) {
    IN_PROCESS
        .withBean(type)
        .run(context ->
            assertThat(context)
                .hasFailed()
                .getFailure()
                .isInstanceOfSatisfying(
                    InvalidServiceException.class,
                    failure -> {
                      assertThat(failure).hasMessageContaining(type.getSimpleName());
                      assertThat(failure.getMessage() + failure.remedy()).contains(parts);
                    }));
  }

  @Test
  void classWhenItsInstancesCannotBeObjectsIsRefused() {
    assertRefused(NoId.class, "no field is its id", "@ObjectId");
    assertRefused(TwoIds.class, "one", "other", "Mark one field");
    assertRefused(OddId.class, "double", "a UUID");
    assertRefused(Closed.class, "final", "Remove the modifier");
    assertRefused(Value.class, "record");
    assertRefused(Open.class, "anything", "transient");
    assertRefused(Later.class, "later()", "Return the value");
    assertRefused(Both.class, "both()", "@ReadOnly and @Exclusive");
    assertRefused(Takes.class, "takes");
  }

  @Test
  void storeWhenMissingInAClusterIsAskedFor() {
    IN_PROCESS
        .withBean(Good.class)
        .withPropertyValues(
            "myelin.mode=process", "myelin.cluster.folder=target/cluster", "myelin.hosts=good")
        .run(context ->
            assertThat(context)
                .hasFailed()
                .getFailure()
                .isInstanceOf(InvalidClusterException.class)
                .hasMessageContainingAll("good", "no object store"));
  }

  @Test
  void definitionWhenOfObjectsIsNoBeanOfTheirClass() {
    IN_PROCESS
        .withBean(Good.class)
        .run(context -> {
          assertThat(context).doesNotHaveBean(Good.class).hasSingleBean(ObjectHost.class);
          var space = context.getBean(ObjectSpace.class);
          var good = new Good();
          good.id = 7;
          assertThat(space.create(good).id()).isEqualTo(7);
        });
    Contexts.front()
        .withBean("codec", Codec.class, BinaryCodec::new, it -> it.setPrimary(true))
        .withBean(Good.class)
        .run(context ->
            assertThat(context).doesNotHaveBean(Good.class).doesNotHaveBean(ObjectHost.class));
    Contexts.hosting("good")
        .withBean(ObjectStore.class, () -> new InMemoryObjectStore(ObjectLimits.DEFAULT))
        .withBean("codec", Codec.class, BinaryCodec::new, it -> it.setPrimary(true))
        .withBean(Good.class)
        .run(context -> {
          var hosted = context.getBean(HostedServices.class).services();
          assertThat(hosted).hasSize(1);
          assertThat(hosted.getFirst().bean().get()).isInstanceOf(ObjectHost.class);
        });
  }

  @Test
  void propertyWhenOutOfRangeIsRefused() {
    for (var property :
        new String[] {
          "max-attempts=0", "turn-lease=99ms", "turn-lease=61m", "time-to-live=999ms"
        }) {
      IN_PROCESS
          .withPropertyValues("myelin.objects." + property)
          .run(context -> assertThat(context).hasFailed());
    }
  }
}
