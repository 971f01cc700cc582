package dev.myelin.benchmarks.objects;

import dev.myelin.CallException;
import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.objects.Observation.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients in a closed loop, each a session of its own that writes down what its calls told it.
///
/// A client that is told of a failure rests before its next operation, longer after each failure in
/// a row, as a program would that is not to burn its work on servers that are away.
final class Clients {

  private static final int READS = 40;
  private static final int WRITES = 80;
  private static final int EXCLUSIVE = 90;
  private static final int PERCENT = 100;
  private static final int LARGEST_MOVE = 500;
  private static final Duration FIRST_REST = Duration.ofMillis(50);
  private static final int MOST_DOUBLINGS = 4;

  private final List<Tape> tapes;
  private final List<Purse> purses;
  private final Outcomes outcomes = new Outcomes();

  Clients(List<Tape> tapes, List<Purse> purses) {
    this.tapes = tapes;
    this.purses = purses;
  }

  /// What they do.
  ///
  /// @param clients how many there are
  /// @param operations operations of all of them together that have to be answered
  /// @param longest time after which they end all the same
  /// @param seed of whatever is drawn at random
  record Plan(int clients, int operations, Duration longest, long seed) {}

  /// What their operations came to so far.
  Outcomes outcomes() {
    return outcomes;
  }

  /// Runs them to their end.
  ///
  /// @return what they told, those of each session in order
  List<Observation> run(Plan plan) throws InterruptedException, ExecutionException {
    var history = new ArrayList<Observation>();
    long begin = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<List<Observation>>>();
      for (int i = 0; i < plan.clients(); i++) {
        int session = i;
        futures.add(threads.submit(() -> session(session, plan, begin)));
      }
      for (var future : futures) {
        history.addAll(future.get());
      }
    }
    return history;
  }

  private List<Observation> session(int session, Plan plan, long begin)
      throws InterruptedException {
    var random = new Random(plan.seed() + session);
    var told = new ArrayList<Observation>();
    int failures = 0;
    for (long i = 0; goesOn(plan, begin); i++) {
      int kind = random.nextInt(PERCENT);
      boolean answered;
      if (kind >= EXCLUSIVE) {
        answered = move(random);
      } else {
        int object = random.nextInt(tapes.size());
        var what = call(object, kind, session + "-" + i);
        answered = what instanceof What.Read || what instanceof What.Written;
        if (!(what instanceof What.Nothing)) {
          told.add(new Observation(session, object, what));
        }
      }
      failures = answered ? 0 : failures + 1;
      if (failures > 0) {
        Pause.of(rest(failures, random));
      }
    }
    return told;
  }

  private boolean goesOn(Plan plan, long begin) {
    return outcomes.answers() < plan.operations()
        && System.nanoTime() - begin < plan.longest().toNanos();
  }

  /// How long a client rests, from half of its time to all of it, 800 ms at most.
  static Duration rest(int failures, Random random) {
    long full = FIRST_REST.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
    return Duration.ofNanos(full / 2 + random.nextLong(full / 2 + 1));
  }

  private What call(int object, int kind, String name) {
    var tape = tapes.get(object);
    boolean reads = kind < READS;
    try {
      What told;
      if (reads) {
        var seen = tape.read();
        told = new What.Read(seen.number(), seen.last());
      } else {
        var written = kind < WRITES ? tape.write(name) : tape.writeOnce(name);
        told = new What.Written(name, written.number(), written.last());
      }
      outcomes.answered();
      return told;
    } catch (CallException e) {
      boolean nothing = outcomes.failed(e, !reads);
      if (reads) {
        return new What.Nothing();
      }
      return nothing ? new What.NotWritten(name) : new What.Unknown(name);
    }
  }

  // what has left one purse and did not arrive is taken by whoever comes next, or in the end
  private boolean move(Random random) {
    int from = random.nextInt(purses.size());
    int to = (from + 1 + random.nextInt(purses.size() - 1)) % purses.size();
    try {
      var _ = purses.get(from).send(to, 1 + random.nextInt(LARGEST_MOVE));
      purses.get(to).take(purses.get(from));
      outcomes.answered();
      return true;
    } catch (CallException e) {
      var _ = outcomes.failed(e, true);
      return false;
    }
  }
}
