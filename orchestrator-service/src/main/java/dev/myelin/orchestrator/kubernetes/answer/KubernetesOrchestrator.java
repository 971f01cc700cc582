package dev.myelin.orchestrator.kubernetes.answer;

import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.apply.Writes;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.loop.Demanded;
import dev.myelin.orchestrator.kubernetes.loop.Fleet;
import dev.myelin.orchestrator.kubernetes.pod.Pods;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.ScalingRecord;
import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ApplicationView.VersionView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.RetirementView.End;
import dev.myelin.wire.RetirementView.Notice;
import dev.myelin.wire.RetirementView.Subject;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.ScalingDecision;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers from what this process knows; for what only the acting one knows, it is asked by way of
/// [HeldOrchestrator]. Thread-safe; does no call.
public final class KubernetesOrchestrator implements Orchestrator {

  private static final Logger log = LoggerFactory.getLogger(KubernetesOrchestrator.class);
  private static final String NO_JARS =
      "On Kubernetes a version is an image: upgrade the application's release to roll it out.";

  private final Fleet fleet;
  private final Records records;
  private final Flags flags;
  private final KubernetesViews views;
  private final DrainReports reports = new DrainReports(this::certificate);

  /// What is remembered.
  ///
  /// @param ledger calls made
  /// @param decisions changes of desired numbers
  /// @param demanded services that are called and have no instance
  /// @param wake has the loop look
  public record Records(
      CallLedger ledger, DecisionLog decisions, Demanded demanded, Runnable wake) {}

  /// How flags are decided on and followed.
  ///
  /// @param gate has the rules
  /// @param situation what is seen at the moment
  /// @param lease which must be held
  /// @param writes deletes pods
  /// @param executor runs what may block
  public record Flags(
      FlagGate gate,
      Supplier<FlagGate.Situation> situation,
      LeaderLease lease,
      Writes writes,
      Executor executor) {}

  /// Creates it.
  ///
  /// @param fleet what there is
  /// @param records what is remembered
  /// @param flags how flags are decided on
  public KubernetesOrchestrator(Fleet fleet, Records records, Flags flags) {
    this.fleet = fleet;
    this.records = records;
    this.flags = flags;
    this.views = new KubernetesViews(fleet, records.ledger());
  }

  @Override
  public ClusterView cluster() {
    return views.view();
  }

  @Override
  public Flag.Answer flag(Flag flag) {
    var epoch = flags.lease().epoch();
    if (epoch.isEmpty()) {
      return new Flag.Answer(false, "this orchestrator does not hold the lease");
    }
    var pod = fleet.cache().pod(flag.id().value()).filter(it -> !Pods.leaving(it));
    if (pod.isEmpty()) {
      return new Flag.Answer(false, "it is not the orchestrator's to kill, or gone");
    }
    Flag.Answer answer;
    try {
      answer = flags.gate().decide(flag, flags.situation().get(), fleet.time().nanos());
    } catch (KubernetesClientException e) {
      return new Flag.Answer(
          false, "what was killed before cannot be read from the API: " + e.getMessage());
    }
    if (answer.taken()) {
      flags.executor().execute(() -> kill(pod.get(), flag, epoch.getAsLong()));
    }
    return answer;
  }

  // It is flagged again if it could not be deleted
  private void kill(Pod pod, Flag flag, long epoch) {
    var held = flags.lease().epoch();
    if (held.isEmpty() || held.getAsLong() != epoch) {
      return;
    }
    note(pod, flag);
    try {
      flags.writes().kill(pod);
      log.warn("pod={} deleted: flagged to die", pod.getMetadata().getName());
    } catch (WriteFailed e) {
      log.warn("A flagged pod stays for now", e);
    }
  }

  // First, so that who acts next counts it whatever becomes of this process
  private void note(Pod pod, Flag flag) {
    try {
      Optional.ofNullable(pod.getMetadata().getLabels().get(Names.SERVICE))
          .flatMap(service -> fleet.cache().service(service))
          .ifPresent(resource ->
              flags
                  .writes()
                  .event(
                      resource,
                      pod,
                      EventFlags.REASON,
                      "%s: %s, by the votes of %s"
                          .formatted(pod.getMetadata().getName(), flag.reason(), flag.votes())));
    } catch (WriteFailed e) {
      log.warn("That a pod is killed could not be noted", e);
    }
  }

  @Override
  public RolloutAnswer rollOut(String application, String jar) {
    return new RolloutAnswer(RolloutAnswer.Verdict.UNUSABLE_JAR, NO_JARS);
  }

  @Override
  public RolloutAnswer rollBack(String application, String reason) {
    return new RolloutAnswer(RolloutAnswer.Verdict.CONFLICT, NO_JARS);
  }

  // The newest resource's, where there are several
  @Override
  public Optional<ApplicationView> application() {
    return fleet.cache().services().stream()
        .filter(resource -> resource.getSpec().application() != null)
        .max(Comparator.comparing(KubernetesOrchestrator::since))
        .map(resource ->
            new ApplicationView(
                String.valueOf(resource.getSpec().application()),
                new VersionView(
                    tag(resource), "", resource.getSpec().program().image(), since(resource)),
                null));
  }

  private static Instant since(Microservice resource) {
    var created = resource.getMetadata().getCreationTimestamp();
    return created == null ? Instant.EPOCH : Instant.parse(created);
  }

  private static String tag(Microservice resource) {
    var image = resource.getSpec().program().image();
    return image.substring(image.lastIndexOf('/') + 1);
  }

  @Override
  public List<RetirementView> retirements() {
    return reports.all();
  }

  @Override
  public List<ScalingDecision> decisions() {
    return records.decisions().records().reversed().stream().map(ScalingRecord::view).toList();
  }

  @Override
  public void demand(String service) {
    // names of the caller's own invention are nobody's services
    if (fleet.cache().service(service).isPresent()) {
      records.demanded().add(service);
      records.wake().run();
    }
  }

  @Override
  public void drained(DrainReport report) {
    reports.add(report);
  }

  private RetirementView certificate(DrainReport report) {
    var pod = fleet.cache().pod(report.id().value());
    var labels = pod.map(it -> it.getMetadata().getLabels()).orElse(Map.of());
    var calls = report.calls();
    var gate = pod.flatMap(it -> Pods.condition(it, Names.IN_SERVICE));
    return new RetirementView(
        new Subject(report.id(), labels.getOrDefault(Names.SERVICE, ""), ""),
        gate.filter(it -> "False".equals(it.getStatus()))
            .map(it -> String.valueOf(it.getMessage()))
            .orElse("its pod was deleted"),
        new Notice(null, null, List.of()),
        new End(report.beganAt(), report.beganAt().plus(report.took()), "ended by itself"),
        report,
        "%d lost of %d".formatted(calls.cut(), calls.finished() + calls.refused() + calls.cut()));
  }
}
