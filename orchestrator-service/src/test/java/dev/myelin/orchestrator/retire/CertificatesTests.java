package dev.myelin.orchestrator.retire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.DrainReport.Callers;
import dev.myelin.wire.DrainReport.Calls;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.RetirementView.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificatesTests {

  private static final InstanceId ID = new InstanceId("price-list-1");
  private static final InstanceId FRONT = new InstanceId("front-1");
  private static final Subject SUBJECT = new Subject(ID, "price-list", "v1");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  private final ManualTime clock = new ManualTime();

  @SuppressWarnings("NullAway.Init") // set up before each test
  private Certificates certificates;

  @BeforeEach
  void create() {
    certificates = certificates(3);
  }

  private Certificates certificates(int capacity) {
    return new Certificates(new ClusterFolder(root), clock.time(), capacity);
  }

  private DrainReport report(InstanceId id, long finished, long refused, long cut) {
    return new DrainReport(
        id,
        new Calls(finished, refused, cut),
        new Callers(2, 2),
        clock.time().now(),
        Duration.ofMillis(700));
  }

  private RetirementView only() {
    assertThat(certificates.all()).hasSize(1);
    return certificates.all().getFirst();
  }

  private void second() {
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void certificateHasTheInstancesOwnFigures() {
    var began = clock.time().now();
    certificates.announced(SUBJECT, "2 are enough");
    assertThat(only().certificate()).isEqualTo("not known yet: it is leaving");
    certificates.missing(ID, Set.of(FRONT));
    second();
    certificates.acknowledged(ID);
    certificates.told(SUBJECT, "2 are enough");
    second();
    // another orchestrator may be the one that is told
    certificates(3).report(report(ID, 7, 2, 0));
    certificates.ended(SUBJECT, "ended with exit code 0");

    var certificate = only();
    assertThat(certificate.certificate()).isEqualTo("0 lost of 9");
    assertThat(certificate.subject()).isEqualTo(SUBJECT);
    assertThat(certificate.reason()).isEqualTo("2 are enough");
    assertThat(certificate.report()).isNotNull();
    assertThat(certificate.notice().announcedAt()).isEqualTo(began);
    assertThat(certificate.notice().acknowledgedAt()).isEqualTo(began.plusSeconds(1));
    assertThat(certificate.notice().missing()).isEmpty();
    assertThat(certificate.end().toldAt()).isEqualTo(began.plusSeconds(1));
    assertThat(certificate.end().endedAt()).isEqualTo(began.plusSeconds(2));
    assertThat(certificate.end().how()).isEqualTo("ended with exit code 0");
  }

  @Test
  void callsThatWereCutAreLost() {
    certificates.announced(SUBJECT, "x");
    certificates.report(report(ID, 7, 2, 3));
    certificates.ended(SUBJECT, "ended");

    assertThat(only().certificate()).isEqualTo("3 lost of 12");
  }

  @Test
  void whoDidNotAcknowledgeIsNamed() {
    certificates.announced(SUBJECT, "x");
    certificates.missing(ID, Set.of(FRONT));
    certificates.told(SUBJECT, "x");

    assertThat(only().notice().missing()).containsExactly(FRONT);
    assertThat(only().notice().acknowledgedAt()).isNull();
  }

  @Test
  void instanceThatDiesBeforeItReportsHasNoFigures() {
    certificates.announced(SUBJECT, "x");
    certificates.ended(SUBJECT, "ended by signal 9");

    assertThat(only().certificate())
        .isEqualTo("not known: it did not report before it ended by signal 9");
    assertThat(only().report()).isNull();
  }

  @Test
  void instanceThatWasNotToLeaveHasNoCertificateUnlessItReports() {
    certificates.ended(SUBJECT, "ended by signal 9");
    assertThat(certificates.all()).isEmpty();

    certificates.report(report(ID, 1, 0, 0));
    certificates.ended(SUBJECT, "ended by signal 15");
    assertThat(only().reason()).isEqualTo("left by itself");
    assertThat(only().certificate()).isEqualTo("0 lost of 1");
  }

  @Test
  void nextOrchestratorFinishesWhatTheFirstBegan() {
    var began = clock.time().now();
    certificates.announced(SUBJECT, "x");
    second();
    certificates = certificates(3);
    certificates.announced(SUBJECT, "was leaving already");
    certificates.told(SUBJECT, "x");
    certificates.report(report(ID, 1, 0, 0));
    certificates.ended(SUBJECT, "ended");

    assertThat(only().notice().announcedAt()).isEqualTo(began);
    assertThat(only().reason()).isEqualTo("x");
  }

  @Test
  void lastOnesAreKept() {
    for (int i = 0; i < 5; i++) {
      var id = new InstanceId("price-list-" + i);
      certificates.report(report(id, i, 0, 0));
      certificates.ended(new Subject(id, "price-list", ""), "ended");
      second();
    }

    assertThat(certificates.all())
        .extracting(RetirementView::certificate)
        .containsExactly("0 lost of 4", "0 lost of 3", "0 lost of 2");
  }
}
