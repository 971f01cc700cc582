package dev.myelin.callpath;

import dev.myelin.callpath.CutLane.Point;
import dev.myelin.callpath.Ledger.Again;
import dev.myelin.callpath.Ledger.Book;
import dev.myelin.callpath.Ledger.Once;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.faults.Direction;
import dev.myelin.faults.Ending;
import dev.myelin.faults.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Cuts while a connection is set up, and while an instance drains. Used by one thread.
final class CutSetUp {

  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final CutVerdicts verdicts;
  private final AtomicLong ids;
  private final long seed;

  CutSetUp(CutVerdicts verdicts, AtomicLong ids, long seed) {
    this.verdicts = verdicts;
    this.ids = ids;
    this.seed = seed;
  }

  /// A caller's first call, at an instance whose connection is cut meanwhile; another one is well.
  ///
  /// @return bytes that passed the first instance's proxy
  FaultProxy.Counts connecting(Point point) throws IOException {
    return point.repeatable()
        ? connecting(point, Again.class, new Book())
        : connecting(point, Once.class, new Book());
  }

  private <T extends Ledger> FaultProxy.Counts connecting(Point point, Class<T> type, Book book)
      throws IOException {
    try (var scene = new CallPathScene();
        var first = scene.serveBehindProxy(type, type.cast(book), seed);
        var _ = scene.serveBehindProxy(type, type.cast(book), seed)) {
      var ledger = CutLane.caller(scene, type);
      long id = ids.incrementAndGet();
      var cut = first.cutAfter(point.direction(), point.after(), point.ending());
      verdicts.make(
          id,
          book,
          point.repeatable(),
          "while connecting, " + CutLane.text(point),
          () -> point.operation().call().make(ledger, id, new byte[0]));
      if (cut.made()) {
        verdicts.cut();
      }
      return first.counts();
    }
  }

  /// A call in flight at an instance that begins to drain, whose connection is cut then, and one
  /// more call.
  void draining(boolean repeatable, Direction direction, long after, Ending ending)
      throws Exception {
    if (repeatable) {
      draining(Again.class, true, direction, after, ending);
    } else {
      draining(Once.class, false, direction, after, ending);
    }
  }

  private <T extends Ledger> void draining(
      Class<T> type, boolean repeatable, Direction direction, long after, Ending ending)
      throws Exception {
    var book = new Book();
    var name = ServiceContracts.of(type).name();
    var what = "while draining, %s after %d bytes %s".formatted(ending, after, direction);
    try (var scene = new CallPathScene();
        var leaving = LoneInstance.open(name + "-0", type, type.cast(book));
        var proxy = FaultProxy.before(leaving.endpoint().port(), seed);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      scene.join(name, leaving.id(), new dev.myelin.wire.Endpoint("127.0.0.1", proxy.port()));
      var ledger = CutLane.caller(scene, type);
      long id = ids.incrementAndGet();
      var call =
          threads.submit(() ->
              verdicts.make(id, book, repeatable, what + ", in flight", () -> ledger.gated(id)));
      if (!book.entered.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the call in flight did not arrive");
      }
      scene.serve(type, type.cast(book));
      var cut = proxy.cutAfter(direction, after, ending);
      var drained = threads.submit(() -> leaving.server().drain(DRAIN));
      long next = ids.incrementAndGet();
      verdicts.make(next, book, repeatable, what + ", new", () -> ledger.small(next));
      book.gate.countDown();
      call.get(30, TimeUnit.SECONDS);
      drained.get(30, TimeUnit.SECONDS);
      if (cut.made()) {
        verdicts.cut();
      }
    }
  }
}
