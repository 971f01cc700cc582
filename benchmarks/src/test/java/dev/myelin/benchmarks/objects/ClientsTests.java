package dev.myelin.benchmarks.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.benchmarks.objects.Observation.What;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.object.CalledObjects;
import dev.myelin.object.ObjectHosts;
import dev.myelin.object.ObjectReferences;
import dev.myelin.object.ObjectSettings;
import dev.myelin.object.ObjectSpace;
import dev.myelin.object.ObjectType;
import dev.myelin.object.ObjectTypes;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.wire.codec.BinaryCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The clients of the trial against objects in this process, over a store that loses answers.
final class ClientsTests {

  private static final int OPERATIONS = 5_000;
  private static final int CLIENTS = 50;
  private static final int TAPES = 4;
  private static final int PURSES = 4;
  private static final long CENTS = 100_000;

  private final StallingStore store = new StallingStore(0.05);
  private final ObjectSpace space = space();
  private volatile boolean refuses;

  /// The store, unless it refuses everything.
  private final class Refusing implements SharedStore {

    private SharedStore store() {
      if (refuses) {
        throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "it is away");
      }
      return store;
    }

    @Override
    public @Nullable Kept get(ObjectKey key) {
      return store().get(key);
    }

    @Override
    public @Nullable ObjectVersion create(ObjectKey key, byte[] state) {
      return store().create(key, state);
    }

    @Override
    public @Nullable ObjectVersion replace(ObjectKey key, ObjectVersion expected, byte[] state) {
      return store().replace(key, expected, state);
    }
  }

  private ObjectSpace space() {
    var types =
        new ObjectTypes(
            List.of(
                ObjectType.of(ServiceContracts.of(Tape.class)),
                ObjectType.of(ServiceContracts.of(Purse.class))));
    var hosts = new AtomicReference<ObjectHosts>();
    var references = new ObjectReferences(types, type -> hosts.get().invoker(type));
    var made = new CalledObjects(types, references);
    hosts.set(
        ObjectHosts.of(
            _ -> true,
            new ObjectSettings(1_000, Duration.ofSeconds(1), null),
            new ObjectHosts.Sources(
                () -> new SharedStoreClient(new Refusing()),
                () -> references,
                () -> made,
                () -> new BinaryCodec(references),
                () -> {
                  throw new UnsupportedOperationException("all is hosted here");
                })));
    return made;
  }

  @Test
  void historyWhenAnswersAreLostIsCleanAndMoneyIsKept() throws Exception {
    var tapes = new ArrayList<Tape>();
    for (int i = 0; i < TAPES; i++) {
      tapes.add(space.create(new Tape(i)));
    }
    var purses = new ArrayList<Purse>();
    for (int i = 0; i < PURSES; i++) {
      purses.add(space.create(new Purse(i, CENTS)));
    }

    var clients = new Clients(tapes, purses);
    var history = new ArrayList<>(clients.run(plan(OPERATIONS, Duration.ofHours(1))));

    for (int i = 0; i < TAPES; i++) {
      var left = tapes.get(i).read();
      history.add(new Observation(CLIENTS, i, new What.Left(left.number(), left.last())));
    }
    var judgement = VersionChains.judge(history);
    assertThat(judgement.examples()).isEmpty();
    assertThat(judgement.clean()).isTrue();
    assertThat(judgement.writes()).isGreaterThan(OPERATIONS / 4);
    assertThat(clients.outcomes().answers())
        .isBetween((long) OPERATIONS, (long) OPERATIONS + CLIENTS);
    assertThat(store.lost()).isPositive();
    assertThat(ObjectsTrial.settle(purses)).isEqualTo(PURSES * CENTS);
  }

  private static Clients.Plan plan(int operations, Duration longest) {
    return new Clients.Plan(CLIENTS, operations, longest, 1);
  }

  @Test
  void clientsOfAStoreThatAnswersNobodyRestAndEndInTime() throws Exception {
    var tapes = List.of(space.create(new Tape(0)));
    var purses = List.of(space.create(new Purse(0, CENTS)), space.create(new Purse(1, CENTS)));
    refuses = true;

    var clients = new Clients(tapes, purses);
    var history = clients.run(plan(OPERATIONS, Duration.ofMillis(500)));

    var outcomes = clients.outcomes();
    assertThat(outcomes.answers()).isZero();
    // rests of 25, 50, 100, 200 ms and more leave room for five operations
    assertThat(outcomes.failures() + outcomes.doubts()).isBetween(1L, 5L * CLIENTS);
    assertThat(history).allMatch(each -> !(each.what() instanceof What.Written));
  }

  @Test
  void restsGrowToALimit() {
    var random = new Random(1);
    assertThat(Clients.rest(1, random)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
    assertThat(Clients.rest(3, random)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(Clients.rest(1_000, random))
        .isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
  }
}
