package dev.myelin.benchmarks.objects;

import dev.myelin.CallException;
import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.faults.SpawnedInstance;
import dev.myelin.benchmarks.faults.Verdicts;
import dev.myelin.benchmarks.myelin.SmallCluster;
import dev.myelin.benchmarks.objects.Observation.What;
import dev.myelin.client.OperationCalls;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.object.CalledObjects;
import dev.myelin.object.ObjectExistsException;
import dev.myelin.object.ObjectReferences;
import dev.myelin.object.ObjectSpace;
import dev.myelin.object.ObjectType;
import dev.myelin.object.ObjectTypes;
import dev.myelin.wire.codec.BinaryCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Goal S2: clients call objects whose hosts are killed and stopped, and whose store is too, or
/// stalls and loses answers; nothing that was written is lost, and no money.
public final class ObjectsTrial {

  private static final int HOSTS = 3;
  private static final int TAPES = 16;
  private static final int PURSES = 8;
  private static final long CENTS = 1_000_000;
  private static final Duration CONNECTING = Duration.ofMinutes(3);
  private static final Duration AGAIN = Duration.ofMillis(200);

  private final Starter starter;
  private final Kind store;
  private final Clients.Plan plan;
  private final Duration between;

  /// Makes the trial.
  ///
  /// @param starter starts hosts
  /// @param store what the objects are kept in
  /// @param load what the clients do
  public ObjectsTrial(Starter starter, Kind store, Load load) {
    this.starter = starter;
    this.store = store;
    this.plan = new Clients.Plan(load.clients(), load.operations(), load.longest(), load.seed());
    this.between = load.between();
  }

  /// What the objects are kept in.
  public enum Kind {
    /// The memory of this process; it stalls and loses answers.
    MEMORY,
    /// A Cassandra with memcacheds before it, stopped and killed.
    CASSANDRA,
    /// A PostgreSQL with memcacheds before it, stopped and killed.
    POSTGRES
  }

  /// What the clients do.
  ///
  /// @param clients sessions at a time
  /// @param operations operations of all of them together that have to be answered
  /// @param longest time after which they end all the same
  /// @param between from the end of one mishap to the next
  /// @param seed of whatever is drawn at random
  public record Load(int clients, int operations, Duration longest, Duration between, long seed) {}

  /// Starts hosts.
  @FunctionalInterface
  public interface Starter {

    /// Starts one, which registers when it is ready.
    ///
    /// @param id who it is
    /// @param folder of its cluster
    /// @param store how it finds the store, as arguments of its command line
    SpawnedInstance start(String id, Path folder, List<String> store) throws IOException;
  }

  /// Runs it.
  ///
  /// @return the lines of its report
  public List<String> run() throws Exception {
    var folder = Files.createTempDirectory("objects-");
    try (var servers = TrialStore.start(store);
        var cluster = SmallCluster.open(folder);
        var mishaps = new Mishaps(cluster, folder, servers, starter, between)) {
      for (int i = 0; i < HOSTS; i++) {
        mishaps.start();
      }
      return run(space(cluster), mishaps);
    }
  }

  private static ObjectSpace space(SmallCluster cluster) {
    var types =
        new ObjectTypes(
            List.of(
                ObjectType.of(ServiceContracts.of(Tape.class)),
                ObjectType.of(ServiceContracts.of(Purse.class))));
    var calls = new AtomicReference<OperationCalls>();
    var references = new ObjectReferences(types, type -> calls.get().invoker(type.service()));
    calls.set(cluster.calls(new BinaryCodec(references)));
    return new CalledObjects(types, references);
  }

  // before and after the load: a host that connects with its store for the first time, or again,
  // may take longer than a call waits for it; what is called so may run twice
  private static <T> T patiently(Supplier<T> call) throws InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      try {
        return call.get();
      } catch (CallException e) {
        if (System.nanoTime() - begin > CONNECTING.toNanos()) {
          throw e;
        }
        Pause.of(AGAIN);
      }
    }
  }

  private static <T> T created(ObjectSpace space, Class<T> type, int id, T object)
      throws InterruptedException {
    return patiently(() -> {
      try {
        return space.create(object);
      } catch (ObjectExistsException e) {
        // an attempt before this one did it, and its answer was lost
        return space.get(type, id);
      }
    });
  }

  private List<String> run(ObjectSpace space, Mishaps mishaps) throws Exception {
    var tapes = new ArrayList<Tape>();
    for (int i = 0; i < TAPES; i++) {
      tapes.add(created(space, Tape.class, i, new Tape(i)));
    }
    var purses = new ArrayList<Purse>();
    for (int i = 0; i < PURSES; i++) {
      purses.add(created(space, Purse.class, i, new Purse(i, CENTS)));
    }
    var all = new Clients(tapes, purses);
    var over = new AtomicBoolean();
    long start = System.nanoTime();
    List<Observation> history;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var called =
          threads.submit(() -> {
            try {
              return all.run(plan);
            } finally {
              over.set(true);
            }
          });
      mishaps.until(over::get, new Random(plan.seed()));
      history = new ArrayList<>(called.get());
    }
    var took = Duration.ofNanos(System.nanoTime() - start);
    for (int i = 0; i < TAPES; i++) {
      var left = patiently(tapes.get(i)::read);
      history.add(new Observation(plan.clients(), i, new What.Left(left.number(), left.last())));
    }
    return report(history, all, mishaps, purses, took);
  }

  private List<String> report(
      List<Observation> history, Clients all, Mishaps mishaps, List<Purse> purses, Duration took)
      throws InterruptedException {
    var report = new Verdicts();
    var outcomes = all.outcomes();
    report.line(
        "%d clients, %d s, in %d of which something was answered; %s",
        plan.clients(), took.toSeconds(), outcomes.secondsServed(), mishaps);
    report.goal(
        outcomes.answers() >= plan.operations(),
        "operations: %,d answered, found %,d answered, %,d failed, %,d unclear: %s",
        plan.operations(),
        outcomes.answers(),
        outcomes.failures(),
        outcomes.doubts(),
        outcomes.reasons());
    var judgement = VersionChains.judge(history);
    report.line(
        "%,d writes of the chains were answered, of %,d it is not known, %,d reads",
        judgement.writes(), judgement.unknown(), judgement.reads());
    report.goal(
        judgement.clean(),
        "lost updates, forks, phantoms and backward reads: 0 of each, found %d, %d, %d, %d",
        judgement.faults().lost(),
        judgement.faults().forks(),
        judgement.faults().phantoms(),
        judgement.faults().backward());
    judgement.examples().forEach(example -> report.line("%s", example));
    long cents = settle(purses);
    report.goal(
        cents == PURSES * CENTS,
        "money: %,d cents in %d purses, found %,d",
        PURSES * CENTS,
        PURSES,
        cents);
    return report.lines();
  }

  static long settle(List<Purse> purses) throws InterruptedException {
    for (var receiver : purses) {
      for (var sender : purses) {
        if (!sender.equals(receiver)) {
          var _ =
              patiently(() -> {
                receiver.take(sender);
                return receiver;
              });
        }
      }
    }
    long cents = 0;
    for (var purse : purses) {
      cents += patiently(purse::cents);
    }
    return cents;
  }
}
