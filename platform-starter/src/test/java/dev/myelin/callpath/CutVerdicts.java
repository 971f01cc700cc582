package dev.myelin.callpath;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.callpath.Ledger.Book;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What callers were told of calls whose connections were cut, compared with what was run.
/// Thread-safe.
///
/// The comparison comes last, when nothing runs any more: a call that was said not to have run must
/// not run later either.
final class CutVerdicts {

  private final Queue<Told> told = new ConcurrentLinkedQueue<>();
  private final AtomicLong cuts = new AtomicLong();

  /// What the caller of a call was told.
  ///
  /// @param id of the call
  /// @param book where its executions are counted
  /// @param repeatable whether it may be run twice
  /// @param what the call and the cut, for people
  /// @param failure what was thrown; null = it was answered
  private record Told(
      long id, Book book, boolean repeatable, String what, @Nullable Throwable failure) {

    @Nullable String violation() {
      int ran = book.executions(id);
      if (ran > 1 && !repeatable) {
        return what + ": ran " + ran + " times";
      }
      return switch (failure) {
        case null -> ran == 0 ? what + ": answered, but did not run" : null;
        case Ledger.Refused _ -> ran == 0 ? what + ": threw, but did not run" : null;
        case CallException e -> misreport(e, ran);
        default -> what + ": " + failure;
      };
    }

    private @Nullable String misreport(CallException e, int ran) {
      boolean wrong =
          switch (e.execution()) {
            case DID_NOT_RUN -> ran > 0;
            case RAN -> ran == 0;
            case MAY_HAVE_RUN -> false;
          };
      return wrong ? "%s: ran %d times, but: %s".formatted(what, ran, e) : null;
    }

    String kind() {
      return switch (failure) {
        case null -> "answered";
        case Ledger.Refused _ -> "answered";
        case CallException e when e.status() == Status.UNAVAILABLE -> said(e.execution());
        case CallException e -> e.status() + ", " + said(e.execution());
        default -> failure.getClass().getSimpleName();
      };
    }

    private static String said(Execution execution) {
      return switch (execution) {
        case DID_NOT_RUN -> "did not run";
        case MAY_HAVE_RUN -> "may have run";
        case RAN -> "ran";
      };
    }
  }

  /// What a call is for this class.
  interface Call {
    @Nullable Object run() throws Exception;
  }

  /// Makes a call and keeps what came of it.
  void make(long id, Book book, boolean repeatable, String what, Call call) {
    Throwable failure = null;
    try {
      call.run();
    } catch (ExecutionException e) {
      failure = e.getCause();
    } catch (Throwable e) {
      failure = e;
    }
    told.add(new Told(id, book, repeatable, what, failure));
  }

  void cut() {
    cuts.incrementAndGet();
  }

  /// What it came to.
  CutTrial.Report report() {
    Map<String, Long> kinds = new TreeMap<>();
    List<String> violations = new ArrayList<>();
    for (var one : told) {
      kinds.merge(one.kind(), 1L, Long::sum);
      var violation = one.violation();
      if (violation != null) {
        violations.add(violation);
      }
    }
    return new CutTrial.Report(cuts.get(), told.size(), kinds, violations);
  }
}
