package dev.myelin.orchestrator.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.myelin.orchestrator.kubernetes.apply.ApiWrites;
import dev.myelin.orchestrator.kubernetes.apply.Change;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed.Why;
import dev.myelin.orchestrator.kubernetes.watch.ScriptedApi.Answer;
import dev.myelin.orchestrator.time.ManualTime;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a write makes of each answer of the API, and that it asks once.
final class ApiWritesOutageTests {

  private final ScriptedApi api = new ScriptedApi();
  private final KubernetesClient client = api.client();
  private final ApiWrites writes = new ApiWrites(client, "me", new ManualTime().time());

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private WriteFailed write() {
    var live =
        new ServiceBuilder()
            .withNewMetadata()
            .withName("a")
            .withNamespace("n")
            .withResourceVersion("7")
            .endMetadata()
            .build();
    return catchThrowableOfType(
        WriteFailed.class, () -> writes.apply(new Change.Apply(live, live), -1));
  }

  @ParameterizedTest
  @CsvSource({
    "404, OVERTAKEN",
    "409, OVERTAKEN",
    "400, REFUSED",
    "403, REFUSED",
    "422, REFUSED",
    "500, FAILED",
    "401, UNAVAILABLE",
    "429, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE",
    "0, UNAVAILABLE"
  })
  void answerTellsWhatAnotherAttemptIsWorth(int code, Why why) throws InterruptedException {
    api.next(Answer.status(code, "Because"));

    var failure = write();

    assertThat(failure.why()).isEqualTo(why);
    assertThat(failure).hasMessageStartingWith("Cannot write Service 'a': ");
    assertThat(api.awaitRequest()).isEqualTo("PATCH /api/v1/namespaces/n/services/a");
    assertThat(api.requests).as("no attempt of the client's own").isEmpty();
  }

  @Test
  void pauseThatTheApiAsksForIsKnown() {
    api.next(
        new Answer(
            429,
            "7",
            """
            {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"TooManyRequests",\
            "details":{"retryAfterSeconds":7},"code":429}\
            """));

    assertThat(write().retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void apiThatIsNotThereIsUnavailable() {
    api.down();

    assertThat(write().why()).isEqualTo(Why.UNAVAILABLE);
  }
}
