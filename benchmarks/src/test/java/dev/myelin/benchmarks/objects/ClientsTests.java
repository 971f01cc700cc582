package dev.myelin.benchmarks.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.benchmarks.objects.Observation.What;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.object.CalledObjects;
import dev.myelin.object.ObjectHosts;
import dev.myelin.object.ObjectReferences;
import dev.myelin.object.ObjectSettings;
import dev.myelin.object.ObjectSpace;
import dev.myelin.object.ObjectType;
import dev.myelin.object.ObjectTypes;
import dev.myelin.wire.codec.BinaryCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
                () -> new SharedStoreClient(store),
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

    var history = new ArrayList<>(new Clients(tapes, purses).run(CLIENTS, OPERATIONS, 1));

    for (int i = 0; i < TAPES; i++) {
      var left = tapes.get(i).read();
      history.add(new Observation(CLIENTS, i, new What.Left(left.number(), left.last())));
    }
    var judgement = VersionChains.judge(history);
    assertThat(judgement.examples()).isEmpty();
    assertThat(judgement.clean()).isTrue();
    assertThat(judgement.writes()).isGreaterThan(OPERATIONS / 4);
    assertThat(store.lost()).isPositive();
    assertThat(ObjectsTrial.settle(purses)).isEqualTo(PURSES * CENTS);
  }
}
