package dev.myelin.benchmarks.objects;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.benchmarks.objects.Observation.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Clients in a closed loop, each a session of its own that writes down what its calls told it.
final class Clients {

  private static final int READS = 40;
  private static final int WRITES = 80;
  private static final int EXCLUSIVE = 90;
  private static final int PERCENT = 100;
  private static final int LARGEST_MOVE = 500;

  private final List<Tape> tapes;
  private final List<Purse> purses;
  private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();

  Clients(List<Tape> tapes, List<Purse> purses) {
    this.tapes = tapes;
    this.purses = purses;
  }

  /// Why calls failed, and how often.
  Map<String, AtomicLong> failures() {
    return failures;
  }

  /// Runs them to their end.
  ///
  /// @param clients how many
  /// @param operations calls of all of them together
  /// @return what they told, those of each session in order
  List<Observation> run(int clients, int operations, long seed)
      throws InterruptedException, ExecutionException {
    var history = new ArrayList<Observation>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<List<Observation>>>();
      for (int i = 0; i < clients; i++) {
        int session = i;
        futures.add(
            threads.submit(
                () -> session(session, operations / clients, new Random(seed + session))));
      }
      for (var future : futures) {
        history.addAll(future.get());
      }
    }
    return history;
  }

  private List<Observation> session(int session, int operations, Random random) {
    var told = new ArrayList<Observation>(operations);
    for (int i = 0; i < operations; i++) {
      int kind = random.nextInt(PERCENT);
      if (kind >= EXCLUSIVE) {
        move(random);
        continue;
      }
      int object = random.nextInt(tapes.size());
      told.add(new Observation(session, object, call(object, kind, session + "-" + i)));
    }
    told.removeIf(observation -> observation.what() instanceof What.Nothing);
    return told;
  }

  private What call(int object, int kind, String name) {
    var tape = tapes.get(object);
    boolean reads = kind < READS;
    try {
      if (reads) {
        var seen = tape.read();
        return new What.Read(seen.number(), seen.last());
      }
      var written = kind < WRITES ? tape.write(name) : tape.writeOnce(name);
      return new What.Written(name, written.number(), written.last());
    } catch (CallException e) {
      count(e);
      if (reads) {
        return new What.Nothing();
      }
      return e.execution() == Execution.DID_NOT_RUN
          ? new What.NotWritten(name)
          : new What.Unknown(name);
    }
  }

  // what has left one purse and did not arrive is taken by whoever comes next, or in the end
  private void move(Random random) {
    int from = random.nextInt(purses.size());
    int to = (from + 1 + random.nextInt(purses.size() - 1)) % purses.size();
    try {
      var _ = purses.get(from).send(to, 1 + random.nextInt(LARGEST_MOVE));
      purses.get(to).take(purses.get(from));
    } catch (CallException e) {
      count(e);
    }
  }

  private void count(CallException e) {
    failures
        .computeIfAbsent(e.status() + " " + e.execution(), _ -> new AtomicLong())
        .incrementAndGet();
  }
}
