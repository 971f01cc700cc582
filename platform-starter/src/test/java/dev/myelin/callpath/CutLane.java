package dev.myelin.callpath;

import dev.myelin.Deadline;
import dev.myelin.Strategy;
import dev.myelin.callpath.Ledger.Again;
import dev.myelin.callpath.Ledger.Book;
import dev.myelin.callpath.Ledger.Once;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.BalanceSettings.ServiceBalance;
import dev.myelin.client.BudgetSettings;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.faults.Cut;
import dev.myelin.faults.Direction;
import dev.myelin.faults.Door;
import dev.myelin.faults.Ending;
import dev.myelin.faults.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A caller, a proxy and an instance for each of the two ledgers, for one cut after the other. Used
/// by one thread.
final class CutLane implements AutoCloseable {

  private static final Duration SHORT = Duration.ofMillis(150);

  private final CallPathScene scene = new CallPathScene();
  private final CutVerdicts verdicts;
  private final AtomicLong ids;
  private final Book once = new Book();
  private final Book again = new Book();
  private final FaultProxy beforeOnce;
  private final FaultProxy beforeAgain;
  private final Once callsOnce;
  private final Again callsAgain;

  CutLane(CutVerdicts verdicts, AtomicLong ids, long seed) throws IOException {
    this.verdicts = verdicts;
    this.ids = ids;
    this.beforeOnce = scene.serveBehindProxy(Once.class, once, seed);
    this.beforeAgain = scene.serveBehindProxy(Again.class, again, seed);
    this.callsOnce = caller(scene, Once.class);
    this.callsAgain = caller(scene, Again.class);
  }

  /// A caller that asks the instances in the order of their ids and may retry as often as it likes.
  static <T> T caller(CallPathScene scene, Class<T> type) {
    var defaults = BalanceSettings.defaults();
    var contract = ServiceContracts.of(type);
    var balance =
        new BalanceSettings(
            defaults.pickers(),
            defaults.ejection(),
            new BudgetSettings(1, 1_000, 1_000),
            Map.of(contract.name(), new ServiceBalance(Strategy.ORCHESTRATED, List.of(), 0.8)),
            defaults.others());
    return type.cast(scene.caller(balance).standIn(contract));
  }

  /// An operation, blocking or with a future.
  ///
  /// @param name for people
  /// @param call makes one
  record Operation(String name, Caller call) {

    static final List<Operation> ALL =
        List.of(
            new Operation("small", (ledger, id, _) -> ledger.small(id)),
            new Operation(
                "smallLater", (ledger, id, _) -> ledger.smallLater(id).get(30, TimeUnit.SECONDS)),
            new Operation("large", Ledger::large),
            new Operation(
                "largeLater",
                (ledger, id, content) -> ledger.largeLater(id, content).get(30, TimeUnit.SECONDS)),
            new Operation("throwing", (ledger, id, _) -> ledger.throwing(id)),
            new Operation(
                "throwingLater",
                (ledger, id, _) -> ledger.throwingLater(id).get(30, TimeUnit.SECONDS)));
  }

  /// Makes a call.
  interface Caller {
    Object make(Ledger ledger, long id, byte[] content) throws Exception;
  }

  /// One cut.
  ///
  /// @param operation whose call is cut
  /// @param repeatable whether it may be run twice
  /// @param direction of the bytes that are counted
  /// @param after how many pass
  /// @param ending how it is cut
  record Point(
      Operation operation, boolean repeatable, Direction direction, long after, Ending ending) {}

  private FaultProxy proxy(boolean repeatable) {
    return repeatable ? beforeAgain : beforeOnce;
  }

  private void call(Operation operation, boolean repeatable, String what, byte[] content) {
    long id = ids.incrementAndGet();
    Ledger ledger = repeatable ? callsAgain : callsOnce;
    verdicts.make(
        id,
        repeatable ? again : once,
        repeatable,
        what,
        () -> operation.call().make(ledger, id, content));
  }

  /// The bytes of a call that nothing happens to.
  FaultProxy.Counts length(Operation operation, boolean repeatable, byte[] content) {
    for (int i = 0; i < 2; i++) {
      call(operation, repeatable, "first call", content);
    }
    var before = proxy(repeatable).counts();
    call(operation, repeatable, "measured call", content);
    return proxy(repeatable).counts().minus(before);
  }

  /// Cuts the open connection at a point of a call; whoever connects anew may.
  void cutInCall(Point point, byte[] content) {
    call(point.operation(), point.repeatable(), "call before", content);
    var cut = proxy(point.repeatable()).cutAfter(point.direction(), point.after(), point.ending());
    call(point.operation(), point.repeatable(), "in call, " + text(point), content);
    made(cut, proxy(point.repeatable()));
  }

  /// Cuts the open connection at a point of a call; who connects anew is refused until the
  /// deadline.
  void cutForGood(Point point, byte[] content) throws Exception {
    call(point.operation(), point.repeatable(), "call before", content);
    var proxy = proxy(point.repeatable());
    proxy.door(Door.REFUSE);
    var cut = proxy.cutAfter(point.direction(), point.after(), point.ending());
    Deadline.after(SHORT)
        .during(() -> {
          call(point.operation(), point.repeatable(), "for good, " + text(point), content);
          return "";
        });
    made(cut, proxy);
    proxy.door(Door.OPEN);
  }

  private void made(Cut cut, FaultProxy proxy) {
    proxy.cutNoMore();
    if (cut.made()) {
      verdicts.cut();
    }
  }

  static String text(Point point) {
    return "%s%s, %s after %d bytes %s"
        .formatted(
            point.operation().name(),
            point.repeatable() ? " (idempotent)" : "",
            point.ending(),
            point.after(),
            point.direction());
  }

  @Override
  public void close() {
    scene.close();
    beforeOnce.close();
    beforeAgain.close();
  }
}
