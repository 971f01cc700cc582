package dev.myelin.orchestrator.kubernetes.answer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.RetirementView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/// What instances said last, the newest first; so many of them. Thread-safe.
final class DrainReports {

  private static final int KEPT = 256;

  private final Function<DrainReport, RetirementView> certificate;

  @GuardedBy("this")
  private final Deque<RetirementView> views = new ArrayDeque<>();

  DrainReports(Function<DrainReport, RetirementView> certificate) {
    this.certificate = certificate;
  }

  synchronized void add(DrainReport report) {
    views.removeIf(view -> view.subject().id().equals(report.id()));
    views.addFirst(certificate.apply(report));
    while (views.size() > KEPT) {
      views.removeLast();
    }
  }

  synchronized List<RetirementView> all() {
    return List.copyOf(views);
  }
}
