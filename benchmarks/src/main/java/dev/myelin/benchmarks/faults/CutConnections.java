package dev.myelin.benchmarks.faults;

import dev.myelin.callpath.CutTrial;
import java.util.List;

/// Goal F1: connections that are cut after every byte of requests and answers, and of what is said
/// when they are set up and when an instance drains.
public final class CutConnections implements Trial {
  private static final CutTrial.Plan WHOLE = new CutTrial.Plan(1, 13, 2, 8, 0);
  private static final long LEAST = 10_000;
  private static final int SHOWN = 10;

  /// Makes the trial.
  public CutConnections() {}

  @Override
  public String name() {
    return "F1";
  }

  @Override
  public String title() {
    return "connections cut by FIN and by RST after every byte of calls: short, long and throwing, blocking and with futures, idempotent and not";
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var found = CutTrial.run(WHOLE.with(seed));
    var report = new Verdicts();
    report.goal(
        found.violations().isEmpty() && found.cuts() >= LEAST,
        "run twice though not idempotent, or reported wrongly: violations %d of %,d cuts (>= %,d; %,d calls in all)",
        found.violations().size(),
        found.cuts(),
        LEAST,
        found.calls());
    report.line("what callers were told: %s", found.kinds());
    found.violations().stream().limit(SHOWN).forEach(one -> report.line("%s", one));
    return report.lines();
  }
}
