package dev.myelin.orchestrator.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.myelin.orchestrator.kubernetes.answer.EventFlags;
import dev.myelin.orchestrator.kubernetes.watch.ScriptedApi.Answer;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.time.ManualTime;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the question for killed pods makes of an API that does not answer it: a stethoscope waits.
final class EventFlagsOutageTests {

  private final ScriptedApi api = new ScriptedApi();
  private final KubernetesClient client = api.client();
  private final LeaderLease lease = mock(LeaderLease.class);

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void apiThatIsAwayIsAskedOnce() throws InterruptedException {
    given(lease.epoch()).willReturn(OptionalLong.of(2));
    var flags = EventFlags.of(client, "n", lease, new ManualTime().time());
    api.next(Answer.status(503, "ServiceUnavailable"));
    api.next(Answer.status(503, "ServiceUnavailable"));

    assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(flags::recall);

    assertThat(api.awaitRequest()).isEqualTo("list");
    assertThat(api.requests).as("no attempt of the client's own").isEmpty();
  }
}
