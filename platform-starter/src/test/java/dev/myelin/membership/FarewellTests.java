package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.myelin.Deadline;
import dev.myelin.wire.DrainReport;
import dev.myelin.wire.DrainReport.Callers;
import dev.myelin.wire.DrainReport.Calls;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.UnaskedOrchestrator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FarewellTests {

  private static final DrainReport REPORT =
      new DrainReport(
          new InstanceId("shop-1"),
          new Calls(1, 0, 0),
          new Callers(1, 1),
          Instant.EPOCH,
          Duration.ofSeconds(1));
  private static final Instance CORE =
      new Instance(
          new InstanceId("core-1"),
          List.of(ServiceNames.ORCHESTRATOR),
          new Endpoint("127.0.0.1", 1),
          null,
          new Instance.ProcessIdentity(Role.CORE, 1, "b", Instant.EPOCH));

  private final List<DrainReport> heard = new ArrayList<>();
  private final Hearing orchestrator = new Hearing();

  private final class Hearing extends UnaskedOrchestrator {

    boolean broken;

    @Override
    public void drained(DrainReport report) {
      // an exit is not to wait for an orchestrator that does not answer
      assertThat(Deadline.current().orElseThrow().remaining())
          .isLessThanOrEqualTo(Duration.ofSeconds(2));
      if (broken) {
        throw new IllegalStateException("no space left");
      }
      heard.add(report);
    }
  }

  private Farewell farewell(List<Instance> core) {
    return new Farewell(() -> orchestrator, _ -> core);
  }

  @Test
  void reportReachesAnOrchestrator() {
    farewell(List.of(CORE)).say(REPORT);

    assertThat(heard).containsExactly(REPORT);
  }

  @Test
  void nobodyIsWaitedForWhereThereIsNone() {
    farewell(List.of()).say(REPORT);

    assertThat(heard).isEmpty();
  }

  @Test
  void failureDoesNotKeepTheProcess() {
    orchestrator.broken = true;

    assertThatNoException().isThrownBy(() -> farewell(List.of(CORE)).say(REPORT));
  }
}
