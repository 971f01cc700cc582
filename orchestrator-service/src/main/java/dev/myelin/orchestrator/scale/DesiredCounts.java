package dev.myelin.orchestrator.scale;

import dev.myelin.orchestrator.scale.Sample.Flow;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription.Scaling;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many instances each service should have, and what changes it. Confined to one thread.
public final class DesiredCounts {

  private final Time time;
  private final ScalingRule rule;
  private final DecisionLog decisions;
  private final ScalingHistory history;
  private final Idleness idleness = new Idleness();
  private final Map<String, Integer> desired = new LinkedHashMap<>();
  private final Map<String, Long> changedAt = new HashMap<>();

  /// Creates it, empty.
  ///
  /// @param time for the moments of changes
  /// @param windows over what times load is judged
  /// @param decisions where changes are recorded
  public DesiredCounts(Time time, ScalingWindows windows, DecisionLog decisions) {
    this(time, windows, new Scaler(windows), decisions);
  }

  /// Creates it with another rule, empty.
  ///
  /// @param time for the moments of changes
  /// @param windows how far back the rule looks
  /// @param rule decides
  /// @param decisions where changes are recorded
  public DesiredCounts(Time time, ScalingWindows windows, ScalingRule rule, DecisionLog decisions) {
    this.time = time;
    this.rule = rule;
    this.decisions = decisions;
    this.history = new ScalingHistory(windows.low().plus(windows.high()));
  }

  /// Sets a service's number without a decision.
  ///
  /// @param service which service
  /// @param count how many
  public void set(String service, int count) {
    desired.put(service, count);
  }

  /// Forgets a service.
  ///
  /// @param service which service
  public void remove(String service) {
    desired.remove(service);
    changedAt.remove(service);
  }

  /// Each service's number, in the order in which they were first set.
  public Map<String, Integer> counts() {
    return desired;
  }

  /// Takes a sample of a service and follows the decision it leads to.
  ///
  /// @param service which service; [#set] before
  /// @param limits its attributes
  /// @param sample its load now
  public Decision update(String service, Scaling limits, Sample sample) {
    int before = desired.getOrDefault(service, 0);
    var counts =
        new Counts(before, sample.serving(), unchanged(service), idleness.note(service, sample));
    List<Sample> samples = history.add(service, sample);
    var decision = rule.decide(limits, counts, samples, sample.at());
    switch (decision) {
      case Decision.Hold _ -> {}
      case Decision.Up(var to, var reason) -> change(service, before, to, reason, sample);
      case Decision.Down(var to, var reason) -> change(service, before, to, reason, sample);
    }
    return decision;
  }

  private Duration unchanged(String service) {
    var at = changedAt.get(service);
    return at == null ? ChronoUnit.FOREVER.getDuration() : time.since(at);
  }

  /// Takes note that a service is called: one without an instance gets one.
  ///
  /// @param service which service; [#set] before
  public void called(String service) {
    idleness.called(service);
    if (desired.getOrDefault(service, 1) == 0) {
      change(
          service,
          0,
          1,
          "called, and has no instance",
          new Sample(time.nanos(), 0, 0, 0, 0, Flow.NONE));
    }
  }

  private void change(String service, int from, int to, String reason, Sample sample) {
    set(service, to);
    changedAt.put(service, time.nanos());
    decisions.add(new ScalingRecord(time.now(), service, from, to, reason, sample));
  }
}
