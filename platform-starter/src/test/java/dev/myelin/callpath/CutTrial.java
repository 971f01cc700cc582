package dev.myelin.callpath;

import dev.myelin.callpath.CutLane.Operation;
import dev.myelin.callpath.CutLane.Point;
import dev.myelin.faults.Direction;
import dev.myelin.faults.Ending;
import dev.myelin.faults.FaultProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Cuts connections after every byte of requests, answers, greetings and farewells, and compares
/// what the callers are told with what was run (goal F1).
public final class CutTrial {

  // all ids take the same number of bytes
  private static final long FIRST_ID = 10_000_000;
  private static final int LONG_CONTENT = 600;
  // a goodbye each way, and the answer of a call
  private static final int FAREWELL = 24;

  private final Plan plan;
  private final CutVerdicts verdicts = new CutVerdicts();
  private final AtomicLong ids = new AtomicLong(FIRST_ID);
  private final byte[] content = new byte[LONG_CONTENT];

  /// How much is cut.
  ///
  /// @param stride every which byte of a call
  /// @param finalStride every which byte of a call after whose cut nobody can be reached
  /// @param setUpStride every which byte of a greeting
  /// @param lanes how many cut at a time
  /// @param seed of the content, and of which byte is the first
  public record Plan(int stride, int finalStride, int setUpStride, int lanes, long seed) {

    /// The same, with another seed.
    public Plan with(long other) {
      return new Plan(stride, finalStride, setUpStride, lanes, other);
    }
  }

  /// What it came to.
  ///
  /// @param cuts how many were made
  /// @param calls how many calls were made, those between the cuts included
  /// @param kinds what they came to
  /// @param violations calls that were run twice though they must not be, or whose caller was told
  ///   something false
  public record Report(long cuts, long calls, Map<String, Long> kinds, List<String> violations) {

    /// Copies what it is given.
    public Report {
      kinds = Map.copyOf(kinds);
      violations = List.copyOf(violations);
    }
  }

  private CutTrial(Plan plan) {
    this.plan = plan;
    new Random(plan.seed()).nextBytes(content);
  }

  /// Makes the cuts.
  ///
  /// @throws Exception if they could not be made
  public static Report run(Plan plan) throws Exception {
    var trial = new CutTrial(plan);
    var tasks = new ArrayList<Callable<Void>>();
    for (int lane = 0; lane < plan.lanes(); lane++) {
      int number = lane;
      tasks.add(() -> trial.lane(number));
    }
    try (var threads = Executors.newFixedThreadPool(plan.lanes())) {
      for (var task : threads.invokeAll(tasks)) {
        task.get(10, TimeUnit.MINUTES);
      }
    }
    return trial.verdicts.report();
  }

  private Void lane(int number) throws Exception {
    try (var lane = new CutLane(verdicts, ids, plan.seed() + number)) {
      for (boolean repeatable : new boolean[] {false, true}) {
        for (var operation : Operation.ALL) {
          var length = lane.length(operation, repeatable, content);
          for (var point : points(operation, repeatable, length, plan.stride(), number)) {
            lane.cutInCall(point, content);
          }
          for (var point : points(operation, repeatable, length, plan.finalStride(), number)) {
            lane.cutForGood(point, content);
          }
        }
      }
    }
    var setUp = new CutSetUp(verdicts, ids, plan.seed() + number);
    for (boolean repeatable : new boolean[] {false, true}) {
      for (var operation : Operation.ALL.subList(0, 2)) {
        connect(setUp, operation, repeatable, number);
      }
      for (var point : farewells(repeatable, number)) {
        setUp.draining(repeatable, point.direction(), point.after(), point.ending());
      }
    }
    return null;
  }

  private void connect(CutSetUp setUp, Operation operation, boolean repeatable, int lane)
      throws Exception {
    var whole =
        new Point(operation, repeatable, Direction.TO_SERVER, Integer.MAX_VALUE, Ending.FIN);
    var length = setUp.connecting(whole);
    for (var point : points(operation, repeatable, length, plan.setUpStride(), lane)) {
      var _ = setUp.connecting(point);
    }
  }

  /// The points of this lane's share.
  private List<Point> points(
      Operation operation, boolean repeatable, FaultProxy.Counts length, int stride, int lane) {
    var points = new ArrayList<Point>();
    long first = Math.floorMod(plan.seed(), stride);
    for (var direction : Direction.values()) {
      long last = direction == Direction.TO_SERVER ? length.toServer() : length.toClient();
      for (long after = first; after <= last; after += stride) {
        for (var ending : Ending.values()) {
          points.add(new Point(operation, repeatable, direction, after, ending));
        }
      }
    }
    return share(points, lane);
  }

  private List<Point> farewells(boolean repeatable, int lane) {
    var length = new FaultProxy.Counts(FAREWELL, FAREWELL);
    return points(Operation.ALL.getFirst(), repeatable, length, plan.setUpStride(), lane);
  }

  private List<Point> share(List<Point> points, int lane) {
    var mine = new ArrayList<Point>();
    for (int i = lane; i < points.size(); i += plan.lanes()) {
      mine.add(points.get(i));
    }
    return mine;
  }
}
