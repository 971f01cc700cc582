package dev.myelin.orchestrator.retire;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.RetirementView.End;
import dev.myelin.wire.RetirementView.Notice;
import dev.myelin.wire.RetirementView.Subject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a certificate for each retirement, the last ones of them. Thread-safe.
///
/// | path | holds | writer |
/// |---|---|---|
/// | `retirements/<id>.json` | [RetirementView] | the acting orchestrator |
/// | `retirements/reports/<id>.json` | [DrainReport] | whichever orchestrator the instance reached |
///
/// The figures are the instance's own. One that ends without having said anything gets a
/// certificate that says so: what became of its calls is then known to its callers alone. A
/// certificate that cannot be written does not keep an instance from leaving.
public final class Certificates {

  private static final Logger log = LoggerFactory.getLogger(Certificates.class);
  private static final Comparator<RetirementView> NEWEST =
      Comparator.comparing(Certificates::moment).reversed();

  private final ClusterFolder folder;
  private final Time time;
  private final int capacity;

  @GuardedBy("this")
  private final Map<InstanceId, RetirementView> open = new HashMap<>();

  /// Creates it.
  ///
  /// @param folder the cluster's folder
  /// @param time for the moments of steps
  /// @param capacity how many certificates are kept
  public Certificates(ClusterFolder folder, Time time, int capacity) {
    this.folder = folder;
    this.time = time;
    this.capacity = capacity;
  }

  private Path retirements() {
    return folder.root().resolve("retirements");
  }

  private Path file(InstanceId id) {
    return retirements().resolve(id + ".json");
  }

  private Path reportFile(InstanceId id) {
    return retirements().resolve("reports").resolve(id + ".json");
  }

  /// Notes that an instance's leaving is announced.
  ///
  /// @param subject which instance
  /// @param reason why it leaves
  public synchronized void announced(Subject subject, String reason) {
    var now = time.now();
    var known = open.containsKey(subject.id()) ? null : read(subject.id());
    keep(
        known != null
            ? known // begun by another orchestrator
            : view(
                subject, reason, new Notice(now, null, List.of()), new End(null, null, ""), null));
  }

  /// Notes that every client knows.
  ///
  /// @param id which instance
  public synchronized void acknowledged(InstanceId id) {
    change(
        id,
        view ->
            with(view, new Notice(view.notice().announcedAt(), time.now(), List.of()), view.end()));
  }

  /// Notes who does not know yet.
  ///
  /// @param id which instance
  /// @param missing who has not acknowledged
  public synchronized void missing(InstanceId id, Collection<InstanceId> missing) {
    change(
        id,
        view ->
            with(
                view,
                new Notice(view.notice().announcedAt(), null, List.copyOf(missing)),
                view.end()));
  }

  /// Notes that an instance is told to drain.
  ///
  /// @param subject which instance
  /// @param reason why
  public synchronized void told(Subject subject, String reason) {
    if (!open.containsKey(subject.id())) {
      var known = read(subject.id());
      open.put(
          subject.id(),
          known != null
              ? known
              : view(
                  subject,
                  reason,
                  new Notice(null, null, List.of()),
                  new End(null, null, ""),
                  null));
    }
    change(subject.id(), view -> with(view, view.notice(), new End(time.now(), null, "")));
    save(open.get(subject.id()));
  }

  /// Notes that an instance has ended; without a certificate where it neither was to leave nor said
  /// that it left.
  ///
  /// @param subject which instance
  /// @param how how it ended
  public synchronized void ended(Subject subject, String how) {
    var begun = open.remove(subject.id());
    var known = begun != null ? begun : read(subject.id());
    var report = report(subject.id()).orElse(null);
    if (known == null && report == null) {
      return;
    }
    var reason = known == null ? "left by itself" : known.reason();
    var notice = known == null ? new Notice(null, null, List.of()) : known.notice();
    var toldAt = known == null ? null : known.end().toldAt();
    var certificate = view(subject, reason, notice, new End(toldAt, time.now(), how), report);
    save(certificate);
    log.info(
        "instance={} service={} version={} retired certificate=\"{}\"",
        subject.id(),
        subject.service(),
        subject.version(),
        certificate.certificate());
    prune();
  }

  /// Keeps what an instance says last.
  ///
  /// @param report its figures
  public void report(DrainReport report) {
    folder.write(reportFile(report.id()), report);
  }

  /// The certificates, the newest first; those of instances that are just leaving too.
  public List<RetirementView> all() {
    try {
      return folder.readAll(retirements(), RetirementView.class).stream().sorted(NEWEST).toList();
    } catch (IllegalArgumentException e) {
      log.warn("A certificate in '{}' cannot be read", retirements(), e);
      return List.of();
    }
  }

  private Optional<DrainReport> report(InstanceId id) {
    try {
      return folder.read(reportFile(id), DrainReport.class);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      log.warn("The report of '{}' cannot be read", id, e);
      return Optional.empty();
    }
  }

  private @Nullable RetirementView read(InstanceId id) {
    try {
      return folder.read(file(id), RetirementView.class).orElse(null);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      log.warn("The certificate of '{}' cannot be read", id, e);
      return null;
    }
  }

  @GuardedBy("this")
  private void keep(RetirementView view) {
    open.put(view.subject().id(), view);
    save(view);
  }

  @GuardedBy("this")
  private void change(InstanceId id, UnaryOperator<RetirementView> change) {
    open.computeIfPresent(id, (_, view) -> change.apply(view));
  }

  private void save(RetirementView view) {
    try {
      folder.write(file(view.subject().id()), view);
    } catch (UncheckedIOException e) {
      log.warn("The certificate of '{}' cannot be kept", view.subject().id(), e);
    }
  }

  private void prune() {
    all().stream()
        .skip(capacity)
        .map(view -> view.subject().id())
        .forEach(id -> {
          folder.delete(file(id));
          folder.delete(reportFile(id));
        });
  }

  private static Instant moment(RetirementView view) {
    var end = view.end();
    if (end.endedAt() != null) {
      return end.endedAt();
    }
    var announced = view.notice().announcedAt();
    return end.toldAt() != null ? end.toldAt() : announced != null ? announced : Instant.EPOCH;
  }

  private static RetirementView with(RetirementView view, Notice notice, End end) {
    return view(view.subject(), view.reason(), notice, end, view.report());
  }

  private static RetirementView view(
      Subject subject, String reason, Notice notice, End end, @Nullable DrainReport report) {
    return new RetirementView(subject, reason, notice, end, report, words(end, report));
  }

  private static String words(End end, @Nullable DrainReport report) {
    if (report != null) {
      var calls = report.calls();
      return "%d lost of %d"
          .formatted(calls.cut(), calls.finished() + calls.refused() + calls.cut());
    }
    return end.endedAt() == null
        ? "not known yet: it is leaving"
        : "not known: it did not report before it " + end.how();
  }
}
