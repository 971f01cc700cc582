package dev.myelin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.ApplicationView.Phase;
import dev.myelin.wire.ApplicationView.Progress;
import dev.myelin.wire.ApplicationView.RolloutView;
import dev.myelin.wire.ApplicationView.Times;
import dev.myelin.wire.ApplicationView.VersionView;
import dev.myelin.wire.DrainReport.Callers;
import dev.myelin.wire.DrainReport.Calls;
import dev.myelin.wire.RetirementView.End;
import dev.myelin.wire.RetirementView.Notice;
import dev.myelin.wire.RetirementView.Subject;
import dev.myelin.wire.json.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// JSON of what the orchestrator writes, as processes of neighbouring versions read it.
final class OrchestratorRecordsTests {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final InstanceId ID = new InstanceId("shop-1");
  private static final DrainReport REPORT =
      new DrainReport(ID, new Calls(7, 2, 0), new Callers(3, 3), NOON, Duration.ofMillis(1_250));

  private static String line(Object value) {
    return WireJson.write(value).replaceAll("\\s+", " ");
  }

  @Test
  void drainReportIsWrittenAsRead() {
    assertThat(line(REPORT))
        .isEqualTo(
            """
            { "id" : "shop-1", "calls" : { "finished" : 7, "refused" : 2, "cut" : 0 }, \
            "callers" : { "connected" : 3, "acknowledged" : 3 }, \
            "beganAt" : "2026-03-01T12:00:00Z", "took" : "PT1.25S" }\
            """);
    assertThat(WireJson.read(WireJson.write(REPORT), DrainReport.class)).isEqualTo(REPORT);
  }

  @Test
  void retirementIsWrittenAsRead() {
    var view =
        new RetirementView(
            new Subject(ID, "shop", "v1"),
            "replaced by v2",
            new Notice(NOON, NOON, List.of()),
            new End(NOON, NOON, "ended with exit code 0"),
            REPORT,
            "0 lost of 9");

    assertThat(WireJson.read(WireJson.write(view), RetirementView.class)).isEqualTo(view);
    assertThat(line(view))
        .contains("\"subject\" : { \"id\" : \"shop-1\", \"service\" : \"shop\", ")
        .endsWith("\"certificate\" : \"0 lost of 9\" }");
  }

  @Test
  void applicationIsWrittenAsRead() {
    var one = new VersionView("v1", "b1", "a.jar", NOON);
    var two = new VersionView("v2", "b2", "b.jar", NOON);
    var view =
        new ApplicationView(
            "shop",
            one,
            new RolloutView(
                one,
                two,
                Phase.ROLLING,
                "",
                new Times(NOON, null),
                List.of(new Progress("shop", 1, 3))));

    assertThat(WireJson.read(WireJson.write(view), ApplicationView.class)).isEqualTo(view);
    assertThat(line(view)).contains("\"phase\" : \"ROLLING\"", "\"endedAt\" : null");
  }

  @Test
  void decisionIsWrittenAsRead() {
    var decision =
        new ScalingDecision(
            NOON, "shop", 1, 2, "congestion", new ScalingDecision.Figures(1, 0, 9, 10, 0.9));

    assertThat(WireJson.read(WireJson.write(decision), ScalingDecision.class)).isEqualTo(decision);
  }

  @Test
  void viewOfAnEarlierVersionIsRead() {
    var json =
        """
        { "services" : { "shop" : [ { "id" : "shop-1", "pid" : 7, "address" : null,
            "state" : "STARTING", "inFlight" : 0, "startedAt" : "2026-03-01T12:00:00Z" } ] },
          "calls" : { "made" : 1, "retried" : 0, "failed" : 0 } }
        """;

    var view = WireJson.read(json, ClusterView.class);

    assertThat(view.failures()).isEmpty();
    assertThat(view.services().getOrDefault("shop", List.of()).getFirst().version()).isEmpty();
  }

  @Test
  void failureIsWrittenAsRead() {
    var failure = new StartFailure("shop", "v1", ID, NOON, "died", List.of("a", "b"));

    assertThat(WireJson.read(WireJson.write(failure), StartFailure.class)).isEqualTo(failure);
  }
}
