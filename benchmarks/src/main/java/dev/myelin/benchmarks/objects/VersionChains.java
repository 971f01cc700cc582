package dev.myelin.benchmarks.objects;

import com.google.errorprone.annotations.FormatMethod;
import dev.myelin.benchmarks.objects.Observation.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges a history of objects each of which counts its writes and knows the name of its last one.
///
/// Every write tells its number and what it follows, so that the writes of an object have to form
/// one chain; there is no order to be searched for, and the time is that of reading the history.
/// What is looked for, for each object:
/// - a fork: two writes with one number, or a write that follows another one than the chain has;
/// - a lost update: a write that was answered and is not in the chain, one that is beyond what is
///   left in the end, or a hole in the chain that no write of unknown outcome can have filled;
/// - a phantom: a write in the chain that was told not to have happened, or that nobody made;
/// - a backward read: a session that saw less than it had seen or written before.
final class VersionChains {

  private static final int SHOWN = 5;

  private final Map<Integer, Chain> chains = new HashMap<>();
  private final Map<Long, Long> seen = new HashMap<>();
  private final List<String> examples = new ArrayList<>();
  private long writes;
  private long unknown;
  private long reads;
  private long lost;
  private long forks;
  private long phantoms;
  private long backward;

  private VersionChains() {}

  /// What was found.
  ///
  /// @param writes writes that were answered
  /// @param unknown writes of unknown outcome
  /// @param reads reads
  /// @param faults what is wrong
  /// @param examples some of it, for people
  record Judgement(long writes, long unknown, long reads, Faults faults, List<String> examples) {

    boolean clean() {
      return faults.equals(Faults.NONE);
    }
  }

  /// How often each thing is wrong.
  ///
  /// @param lost lost updates
  /// @param forks forks
  /// @param phantoms writes that should not be there
  /// @param backward backward reads
  record Faults(long lost, long forks, long phantoms, long backward) {
    static final Faults NONE = new Faults(0, 0, 0, 0);
  }

  private enum Fate {
    ANSWERED,
    UNKNOWN,
    NOT_WRITTEN
  }

  /// The writes of one object.
  private static final class Chain {
    final Map<Long, String> byNumber = new HashMap<>();
    final Map<String, Fate> fates = new HashMap<>();
    long end;
    long left = Long.MAX_VALUE;
  }

  /// Judges a history.
  ///
  /// @param history observations, those of a session in their order
  static Judgement judge(List<Observation> history) {
    var judge = new VersionChains();
    history.forEach(judge::fate);
    history.forEach(judge::place);
    judge.chains.forEach(judge::requireWhole);
    return new Judgement(
        judge.writes,
        judge.unknown,
        judge.reads,
        new Faults(judge.lost, judge.forks, judge.phantoms, judge.backward),
        List.copyOf(judge.examples));
  }

  private Chain chain(int object) {
    return chains.computeIfAbsent(object, _ -> new Chain());
  }

  private void fate(Observation observation) {
    var fates = chain(observation.object()).fates;
    switch (observation.what()) {
      case What.Written(var write, _, _) -> {
        writes++;
        fates.put(write, Fate.ANSWERED);
      }
      case What.Unknown(var write) -> {
        unknown++;
        fates.put(write, Fate.UNKNOWN);
      }
      case What.NotWritten(var write) -> fates.put(write, Fate.NOT_WRITTEN);
      case What.Read _, What.Left _ -> reads++;
      case What.Nothing _ -> {}
    }
  }

  private void place(Observation observation) {
    int object = observation.object();
    switch (observation.what()) {
      case What.Written(var write, var number, var before) -> {
        put(object, number, write);
        put(object, number - 1, before);
        forward(observation, number);
      }
      case What.Read(var number, var last) -> {
        put(object, number, last);
        forward(observation, number);
      }
      case What.Left(var number, var last) -> {
        put(object, number, last);
        chain(object).left = number;
      }
      case What.Unknown _, What.NotWritten _, What.Nothing _ -> {}
    }
  }

  private void put(int object, long number, String write) {
    if (number == 0) {
      if (!write.isEmpty()) {
        forks++;
        example("object %d: '%s' stands before its first write", object, write);
      }
      return;
    }
    var chain = chain(object);
    chain.end = Math.max(chain.end, number);
    var there = chain.byNumber.putIfAbsent(number, write);
    if (there != null && !there.equals(write)) {
      forks++;
      example("object %d: write %d is both '%s' and '%s'", object, number, there, write);
    }
  }

  private void forward(Observation observation, long number) {
    var key = ((long) observation.session() << Integer.SIZE) | observation.object();
    var before = seen.merge(key, number, Math::max);
    if (before > number) {
      backward++;
      example(
          "session %d: saw write %d of object %d, then only %d",
          observation.session(), before, observation.object(), number);
    }
  }

  private void requireWhole(int object, Chain chain) {
    var placed = new HashMap<String, Long>();
    long holes = 0;
    for (long number = 1; number <= chain.end; number++) {
      var write = chain.byNumber.get(number);
      if (write == null) {
        holes++;
        continue;
      }
      requireMade(object, number, write, chain.fates.get(write));
      var twice = placed.put(write, number);
      if (twice != null) {
        phantoms++;
        example("object %d: '%s' is write %d and write %d", object, write, twice, number);
      }
    }
    long unplaced = 0;
    for (var fate : chain.fates.entrySet()) {
      if (!placed.containsKey(fate.getKey())) {
        unplaced += fate.getValue() == Fate.UNKNOWN ? 1 : 0;
        requireNotAnswered(object, fate.getKey(), fate.getValue());
      }
    }
    if (chain.left < chain.end) {
      lost += chain.end - chain.left;
      example("object %d: had %d writes, and is left with %d", object, chain.end, chain.left);
    }
    if (holes > unplaced) {
      lost += holes - unplaced;
      example("object %d: %d writes of its chain were made by nobody", object, holes - unplaced);
    }
  }

  private void requireMade(int object, long number, String write, @Nullable Fate fate) {
    if (fate == null || fate == Fate.NOT_WRITTEN) {
      phantoms++;
      example(
          "object %d: write %d, '%s', %s",
          object, number, write, fate == null ? "was made by nobody" : "was told not to be there");
    }
  }

  // every answered write has put itself where it says it is: what is not there was overwritten
  private void requireNotAnswered(int object, String write, Fate fate) {
    if (fate == Fate.ANSWERED) {
      lost++;
      example("object %d: '%s' was answered and is not in the chain", object, write);
    }
  }

  @FormatMethod
  private void example(String text, Object... values) {
    if (examples.size() < SHOWN) {
      examples.add(String.format(Locale.ROOT, text, values));
    }
  }
}
