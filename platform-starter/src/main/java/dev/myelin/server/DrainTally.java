package dev.myelin.server;

import dev.myelin.wire.DrainReport.Callers;
import dev.myelin.wire.DrainReport.Calls;
import java.util.concurrent.atomic.LongAdder;

/// Counts what becomes of the application's calls from the beginning of a drain on. Thread-safe.
public final class DrainTally {

  private volatile Callers callers = new Callers(0, 0);
  private final LongAdder finished = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder cut = new LongAdder();

  DrainTally() {}

  /// What a drain has come to.
  ///
  /// @param calls what became of the calls
  /// @param callers whom it was said to
  public record Drained(Calls calls, Callers callers) {}

  /// What an eviction meant for a call.
  enum Eviction {
    /// It had its answer already.
    ANSWERED,
    /// It had not begun: its caller goes elsewhere.
    SENT_ELSEWHERE,
    /// It ran.
    CUT
  }

  /// A call is over.
  void ended(ServedCall call) {
    if (!call.operation().service().platform() && !call.evicted()) {
      finished.increment();
    }
  }

  /// A call was not taken.
  void refused() {
    refused.increment();
  }

  /// A call has no time left.
  void evicted(Eviction how) {
    switch (how) {
      case ANSWERED -> {}
      case SENT_ELSEWHERE -> refused.increment();
      case CUT -> cut.increment();
    }
  }

  /// Whom the drain was said to.
  void told(int connected, int acknowledged) {
    callers = new Callers(connected, acknowledged);
  }

  /// The numbers now.
  Drained drained() {
    return new Drained(new Calls(finished.sum(), refused.sum(), cut.sum()), callers);
  }
}
