package dev.myelin.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.CallException;
import dev.myelin.Exclusive;
import dev.myelin.Execution;
import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.ReadOnly;
import dev.myelin.Status;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.object.ObjectAccess.Outcome;
import dev.myelin.object.UncertainStore.Fault;
import dev.myelin.storage.ObjectKey;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Surrogates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of operations when the store fails, others write, or a holder of a turn dies.
final class ObjectHostTests {

  private static final int MAX_ATTEMPTS = 5;
  private static final int CALLS = 50;
  private static final AtomicInteger runs = new AtomicInteger();

  private final UncertainStore store = new UncertainStore();
  private final ObjectType type = ObjectType.of(ServiceContracts.of(Counter.class));
  private final ObjectTypes types = new ObjectTypes(java.util.List.of(type));
  private final AtomicReference<@Nullable ObjectHosts> hosts = new AtomicReference<>();
  private final ObjectReferences references =
      new ObjectReferences(
          types, each -> java.util.Objects.requireNonNull(hosts.get()).invoker(each));
  private final CalledObjects space = new CalledObjects(types, references);

  @MicroserviceObject
  static class Counter {

    @ObjectId private final String id;
    private int value;

    Counter(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }

    public int add(int amount) {
      runs.incrementAndGet();
      value += amount;
      return value;
    }

    @ReadOnly
    public int value() {
      runs.incrementAndGet();
      value++;
      return value - 1;
    }

    public int pass(Counter other) {
      value--;
      return other.add(1);
    }

    public int branch(String other) {
      runs.incrementAndGet();
      Objects.create(new Counter(other));
      return ++value;
    }

    public int look() {
      return value;
    }

    public int take(int amount) {
      if (value < amount) {
        throw new IllegalArgumentException("only %d are there".formatted(value));
      }
      value -= amount;
      return value;
    }

    @Exclusive
    public int once() {
      runs.incrementAndGet();
      return ++value;
    }
  }

  @BeforeEach
  void start() {
    runs.set(0);
    hosts.set(host(Duration.ofMillis(200)));
  }

  private ObjectHosts host(Duration lease) {
    var codec = new BinaryCodec(references, dev.myelin.persistence.Entities.associations(null));
    return ObjectHosts.of(
        _ -> true,
        new ObjectSettings(MAX_ATTEMPTS, lease, null),
        new ObjectHosts.Sources(
            () -> store,
            () -> references,
            () -> space,
            () -> codec,
            () -> {
              throw new IllegalStateException("all is hosted here");
            }));
  }

  private Counter counter() {
    return space.create(new Counter("c"));
  }

  private Counter another() {
    return space.get(Counter.class, "c");
  }

  @Test
  void operationWhenNothingChangesDoesNotWrite() {
    var counter = counter();
    int written = store.written();

    assertThat(counter.value()).isZero();
    assertThat(counter.value()).isZero();
    assertThat(counter.look()).isZero();

    assertThat(store.written()).isEqualTo(written);
  }

  @Test
  void operationWhenSomebodyElseWritesFirstRunsAgain() {
    var counter = counter();
    store.beforeNextWrite(() -> another().add(10));

    assertThat(counter.add(1)).isEqualTo(11);

    assertThat(runs).hasValue(3);
    assertThat(counter.look()).isEqualTo(11);
  }

  @Test
  void operationsOfOneObjectAtTheSameTimeRunOnceEach() {
    var counter = counter();
    int written = store.written();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLS; i++) {
        var _ = threads.submit(() -> counter.add(1));
      }
    }

    assertThat(counter.look()).isEqualTo(CALLS);
    assertThat(runs).hasValue(CALLS);
    assertThat(store.written()).isEqualTo(written + CALLS);
  }

  @Test
  void operationThatCallsAnotherObjectLetsTheNextOneGo() {
    var counter = counter();
    var other = space.create(new Counter("d"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // while the other one is written
      store.beforeNextWrite(() -> {
        var next = threads.submit(() -> counter.add(10));
        assertThat(next).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(10);
      });

      assertThat(counter.pass(other)).isEqualTo(2);
    }

    // it ran twice, as it was overtaken
    assertThat(counter.look()).isEqualTo(9);
  }

  @Test
  void operationThatOnlyMakesAnotherObjectIsNotOvertaken() throws Exception {
    var counter = counter();
    var next = new AtomicReference<@Nullable Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // while the other one is created
      store.beforeNextWrite(() -> {
        next.set(threads.submit(() -> counter.add(10)));
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      });

      assertThat(counter.branch("d")).isEqualTo(1);
    }

    assertThat(java.util.Objects.requireNonNull(next.get()).get()).isEqualTo(11);
    assertThat(runs).hasValue(2);
  }

  @Test
  void operationWhenTheCacheIsUpToDateReadsNothingElse() {
    var counter = counter();
    store.cache(new ObjectKey("counter", "c"));
    int read = store.reads();

    assertThat(counter.add(1)).isEqualTo(1);

    assertThat(store.reads()).isEqualTo(read);
  }

  @Test
  void operationWhenTheCacheIsOutOfDateCountsOnlyOnTheLastState() {
    var counter = counter();
    store.cache(new ObjectKey("counter", "c"));
    counter.add(10);

    assertThat(counter.add(1)).isEqualTo(11);
    assertThat(counter.look()).isEqualTo(11);
    assertThat(counter.take(11)).isZero();
    assertThatThrownBy(() -> counter.take(1)).hasMessage("only 0 are there");
  }

  @Test
  void operationWhenTheCacheHasADeletedObjectFindsNone() {
    var counter = counter();
    store.cache(new ObjectKey("counter", "c"));
    space.delete(counter);

    assertThatThrownBy(() -> counter.add(1)).isInstanceOf(NoSuchObjectException.class);
    assertThatThrownBy(counter::look).isInstanceOf(NoSuchObjectException.class);
  }

  @Test
  void operationWhenOthersAlwaysWriteFirstIsGivenUp() {
    var counter = counter();
    var always =
        new Runnable() {
          @Override
          public void run() {
            another().add(10);
            store.beforeNextWrite(this);
          }
        };
    store.beforeNextWrite(always);

    assertThatThrownBy(() -> counter.add(1))
        .isInstanceOfSatisfying(
            CallException.class,
            e -> {
              assertThat(e.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
              assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN);
              assertThat(e).hasMessageContainingAll("'add'", "counter/c", "5 attempts");
            });
    store.beforeNextWrite(() -> {});
    assertThat(counter.look() % 10).isZero();
  }

  @Test
  void writeWhenItHappenedUnseenIsNotRepeated() {
    var counter = counter();
    store.next(Fault.DONE_BUT_UNKNOWN);

    assertThat(counter.add(1)).isEqualTo(1);

    assertThat(counter.look()).isEqualTo(1);
    assertThat(runs).hasValue(1);
  }

  @Test
  void writeWhenItDidNotHappenUnseenIsRepeated() {
    var counter = counter();
    store.next(Fault.NOT_DONE_BUT_UNKNOWN, Fault.NOT_DONE_BUT_UNKNOWN, Fault.DONE_BUT_UNKNOWN);

    assertThat(counter.add(1)).isEqualTo(1);

    assertThat(counter.look()).isEqualTo(1);
  }

  @Test
  void creationWhenUnseenIsToldFromThatOfAnother() {
    store.next(Fault.DONE_BUT_UNKNOWN);
    var counter = counter();
    store.next(Fault.NOT_DONE_BUT_UNKNOWN);

    assertThatThrownBy(this::counter).isInstanceOf(ObjectExistsException.class);

    assertThat(counter.look()).isZero();
  }

  @Test
  void deletionWhenUnseenIsDone() {
    var counter = counter();
    store.next(Fault.NOT_DONE_BUT_UNKNOWN, Fault.DONE_BUT_UNKNOWN);

    assertThat(space.delete(counter)).isTrue();

    assertThat(space.find(Counter.class, "c")).isEmpty();
  }

  @Test
  void operationWhenTheStoreIsAwayDidNotRun() {
    var counter = counter();
    store.next(Fault.REFUSED);

    assertThatThrownBy(() -> counter.add(1))
        .isInstanceOfSatisfying(
            CallException.class,
            e -> {
              assertThat(e.status()).isEqualTo(Status.UNAVAILABLE);
              assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN);
            });
    assertThat(counter.look()).isZero();
  }

  @Test
  void exclusiveOperationWhenItsEndFailsAtFirstIsStoredAllTheSame() {
    var counter = counter();
    store.next(Fault.DONE_BUT_UNKNOWN, Fault.REFUSED, Fault.DONE_BUT_UNKNOWN);

    assertThat(counter.once()).isEqualTo(1);

    assertThat(runs).hasValue(1);
    assertThat(another().add(1)).isEqualTo(2);
  }

  @Test
  void turnWhenItsHolderDiedPassesAfterItsLease() {
    var counter = counter();
    leave(new ObjectDocument.Turn("dead", 100, 0));

    assertThat(counter.value()).isZero();
    assertThat(counter.add(1)).isEqualTo(1);
    leave(new ObjectDocument.Turn("dead", 100, 7));
    assertThat(counter.once()).isEqualTo(2);
  }

  @Test
  void exclusiveOperationWhenItsTurnWasTakenOverMayHaveRunAndWritesNothing() {
    var counter = counter();
    // the first write takes the turn, the second would end it
    store.beforeNextWrite(() -> store.beforeNextWrite(() -> leave(null)));

    assertThatThrownBy(counter::once)
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.execution()).isEqualTo(Execution.MAY_HAVE_RUN));

    assertThat(runs).hasValue(1);
    assertThat(counter.look()).isZero();
  }

  // writes as another process would
  private void leave(ObjectDocument.@Nullable Turn turn) {
    var key = new ObjectKey("counter", "c");
    var mapper = StateMapper.of(references);
    var found = store.get(key).orElseThrow();
    var document = ObjectDocument.decode(found.state(), mapper);
    var next = document.next(document.fields(), turn, ObjectRecords.name());
    assertThat(store.replace(key, found.version(), next.encode(mapper), null)).isPresent();
  }

  @Test
  void stateWhenOfAnotherVersionOfTheClassIsTolerated() {
    var key = new ObjectKey("counter", "c");
    store.create(
        key, "{\"fields\":{\"id\":\"c\",\"old\":[1]}}".getBytes(StandardCharsets.UTF_8), null);

    assertThat(another().add(1)).isEqualTo(1);

    assertThat(new String(store.get(key).orElseThrow().state(), StandardCharsets.UTF_8))
        .startsWith("{\"fields\":{\"id\":\"c\",\"value\":1},\"writes\":[");
  }

  @Test
  void requestsWhenTheVersionIsAnotherAreRefused() {
    counter();
    var read = (ObjectAccess.Answer) references.call(type, "read", "c");
    var before = java.util.Objects.requireNonNull(read.object());
    another().add(1);

    var refused =
        (ObjectAccess.Answer)
            references.call(type, "replace", "c", before.version(), "{\"value\":5}", "w1");
    var done =
        (ObjectAccess.Answer) references.call(type, "replace", "c", null, "{\"value\":5}", "w2");
    another().add(1);
    var again =
        (ObjectAccess.Answer) references.call(type, "replace", "c", null, "{\"value\":5}", "w2");
    var kept = (ObjectAccess.Answer) references.call(type, "delete", "c", before.version());

    assertThat(refused.outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(done.outcome()).isEqualTo(Outcome.DONE);
    assertThat(again.outcome()).isEqualTo(Outcome.DONE);
    assertThat(another().look()).isEqualTo(6);
    assertThat(kept.outcome()).isEqualTo(Outcome.CHANGED);
  }

  @Test
  void referencesWhenOfOtherTypesAreNone() {
    assertThat(references.find(String.class)).isNull();
    assertThat(Surrogates.NONE.or(references).find(Counter.class)).isNotNull();
    assertThatThrownBy(() -> space.get(String.class, "a"))
        .hasMessageContaining("@MicroserviceObject");
  }
}
