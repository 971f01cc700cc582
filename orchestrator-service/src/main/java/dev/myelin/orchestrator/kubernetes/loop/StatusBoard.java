package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.apply.Writes;
import dev.myelin.orchestrator.kubernetes.pod.Pods;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus.Condition;
import dev.myelin.orchestrator.scale.Sample;
import dev.myelin.orchestrator.time.Time;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps the status of each resource. Confined to the loop's thread.
///
/// A status is written where it differs from what is there. What changes all the time, the calls in
/// flight, is written at most every few seconds for one service, and at most so many times a second
/// in all; what else changes, at once.
final class StatusBoard {

  private static final Duration FIGURES = Duration.ofSeconds(5);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int FIGURES_A_SECOND = 10;

  private final Writes writes;
  private final Jobs jobs;
  private final Time time;
  private final Map<String, Long> writtenAt = new HashMap<>();
  private long second;
  private int inSecond;

  /// What is known of a service.
  ///
  /// @param desired instances there should be
  /// @param pods those there are, leaving ones left out
  /// @param sample its load, if it was sampled
  /// @param failure what could not be done, if anything
  /// @param exposed whether its routes are there, if it asks for any
  record Findings(
      int desired,
      List<Pod> pods,
      @Nullable Sample sample,
      @Nullable Failure failure,
      @Nullable Condition exposed) {}

  /// Something that could not be done.
  ///
  /// @param reason as one word
  /// @param message for people
  record Failure(String reason, String message) {

    static Failure of(WriteFailed failure) {
      var reason =
          switch (failure.why()) {
            case OVERTAKEN -> "Overtaken";
            case NAME_TAKEN -> "NameTaken";
            case REFUSED -> "Refused";
            case FAILED -> "Failed";
            case UNAVAILABLE -> "Unavailable";
          };
      return new Failure(reason, String.valueOf(failure.getMessage()));
    }
  }

  StatusBoard(Writes writes, Jobs jobs, Time time) {
    this.writes = writes;
    this.jobs = jobs;
    this.time = time;
    this.second = time.nanos();
  }

  /// Writes the status of a service, if it is time to.
  void update(Microservice resource, Findings findings) {
    var key = "status/" + resource.service();
    var before = resource.getStatus();
    var status = status(resource, findings);
    if (status.equals(before) || !jobs.ready(key)) {
      return;
    }
    boolean figures = before != null && withoutFigures(status).equals(withoutFigures(before));
    if (figures && !mayWriteFigures(resource.service())) {
      return;
    }
    // the cache shows it a moment later; until then it counts as written
    var last = writtenAt.get(resource.service());
    if (last != null && !time.passed(last, SECOND)) {
      return;
    }
    writtenAt.put(resource.service(), time.nanos());
    jobs.run(key, () -> writes.status(resource, status), _ -> {});
  }

  private boolean mayWriteFigures(String service) {
    var last = writtenAt.get(service);
    if (last != null && !time.passed(last, FIGURES)) {
      return false;
    }
    if (time.passed(second, SECOND)) {
      second = time.nanos();
      inSecond = 0;
    }
    return inSecond++ < FIGURES_A_SECOND;
  }

  void retain(Set<String> services) {
    writtenAt.keySet().retainAll(services);
  }

  private static MicroserviceStatus withoutFigures(MicroserviceStatus status) {
    return new MicroserviceStatus(
        status.observedGeneration(),
        status.desired(),
        status.ready(),
        null,
        null,
        status.conditions());
  }

  private MicroserviceStatus status(Microservice resource, Findings findings) {
    int ready = Math.toIntExact(findings.pods().stream().filter(Pods::ready).count());
    var sample = findings.sample();
    var conditions = new ArrayList<Condition>();
    conditions.add(dated(resource, ready(findings, ready)));
    conditions.add(dated(resource, reconciled(findings.failure())));
    if (findings.exposed() != null) {
      conditions.add(dated(resource, findings.exposed()));
    }
    return new MicroserviceStatus(
        resource.getMetadata().getGeneration(),
        findings.desired(),
        ready,
        sample == null ? 0 : sample.inFlight(),
        sample != null && sample.heard()
            ? String.format(Locale.ROOT, "%.2f", sample.congestion())
            : null,
        conditions);
  }

  private static Condition ready(Findings findings, int ready) {
    var failure = findings.failure();
    if (failure != null && findings.pods().isEmpty()) {
      return condition("Ready", false, failure.reason(), failure.message());
    }
    if (findings.desired() == 0) {
      return condition("Ready", true, "ScaledToZero", "Nobody calls it; a call starts an instance");
    }
    if (ready >= findings.desired()) {
      return condition("Ready", true, "AsDesired", "All instances are ready");
    }
    var trouble =
        findings.pods().stream()
            .filter(pod -> !Pods.ready(pod))
            .flatMap(pod -> Pods.trouble(pod).stream())
            .findFirst();
    var count = "%d of %d instances are ready".formatted(ready, findings.desired());
    return trouble
        .map(it -> condition("Ready", false, it.reason(), count + "; " + it.message()))
        .orElseGet(() -> condition("Ready", false, "Starting", count));
  }

  private static Condition reconciled(@Nullable Failure failure) {
    return failure == null
        ? condition("Reconciled", true, "Applied", "The objects are as the resource says")
        : condition("Reconciled", false, failure.reason(), failure.message());
  }

  private static Condition condition(String type, boolean holds, String reason, String message) {
    return new Condition(type, holds ? "True" : "False", reason, message, null, null);
  }

  // Since when it is so: as before, while its status is the same
  private Condition dated(Microservice resource, Condition now) {
    var generation = resource.getMetadata().getGeneration();
    var status = resource.getStatus();
    var before =
        status == null
            ? null
            : status.conditions().stream()
                .filter(it -> it.type().equals(now.type()) && it.status().equals(now.status()))
                .findFirst()
                .orElse(null);
    var since =
        before != null
            ? before.lastTransitionTime()
            : time.now().truncatedTo(ChronoUnit.SECONDS).toString();
    if (before != null
        && before.sameAs(now)
        && Objects.equals(before.observedGeneration(), generation)) {
      return before;
    }
    return new Condition(now.type(), now.status(), now.reason(), now.message(), since, generation);
  }
}
