package dev.myelin.samples.primes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

/// The application in one process, as `java -jar` runs it.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PrimesApplicationTests {

  @LocalServerPort private int port;
  @Autowired private PrimeCounter counter;

  private RestTestClient http = RestTestClient.bindToServer().build();

  @BeforeEach
  void bind() {
    http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  @Test
  void hostedServiceIsTheBeanItself() {
    assertThat(counter.getClass()).isEqualTo(PrimeCounter.class);
  }

  @Test
  @Timeout(60)
  void countInParallelReachesTheAnswer() {
    var begun = http.post().uri("/primes?below=3000000").exchange();
    begun.expectStatus().isAccepted();
    var answer = begun.returnResult(Count.Progress.class);
    var first = Objects.requireNonNull(answer.getResponseBody());
    assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.LOCATION))
        .isEqualTo("/primes/" + first.job());
    assertThat(first.chunks()).isEqualTo(300);

    var last = progress(first.job());
    while (!last.done()) {
      last = progress(first.job());
    }

    assertThat(last)
        .isEqualTo(
            new Count.Progress(first.job(), 3_000_000, 300, 300, 216_816, true, false, null));
  }

  private Count.Progress progress(String job) {
    var result = http.get().uri("/primes/{job}", job).exchange().returnResult(Count.Progress.class);
    return Objects.requireNonNull(result.getResponseBody());
  }

  @Test
  void countAtOnceAnswersWithTheNumber() {
    http.get()
        .uri("/primes?below=1000")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"below\": 1000, \"primes\": 168}");
  }

  @Test
  void countAtOnceWhenTooLargeRefuses() {
    http.get()
        .uri("/primes?below=1000001")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo(
            "'below' is 1,000,001, not between 0 and 1,000,000; begin a larger count with POST");
  }

  @Test
  void progressOfUnknownCountIsNotFound() {
    http.get()
        .uri("/primes/nobody")
        .exchange()
        .expectStatus()
        .isNotFound()
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("No count 'nobody' was begun here lately");
  }

  @Test
  void sleepAnswersWhenEveryCallHasSlept() {
    var result =
        http.get()
            .uri("/sleep?millis=20&times=5")
            .exchange()
            .returnResult(SleepController.Answer.class);

    assertThat(result.getStatus()).isEqualTo(HttpStatus.OK);
    var answer = Objects.requireNonNull(result.getResponseBody());
    assertThat(answer.times()).isEqualTo(5);
    assertThat(answer.slept()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    assertThat(answer.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
  }

  @Test
  void sleepWhenTimeIsRefusedByTheServiceAnswersItsMessage() {
    http.get()
        .uri("/sleep?millis=-1")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("'time' is PT-0.001S; a call sleeps between 0 and PT10S");
  }

  @Test
  void pageIsServedAtTheRoot() {
    var page = http.get().uri("/").exchange().expectStatus().isOk().returnResult(String.class);

    assertThat(page.getResponseBody()).contains("<title>Primes</title>").doesNotContain("http://");
  }

  @Test
  void healthIsUp() {
    http.get()
        .uri("/actuator/health")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.status")
        .isEqualTo("UP");
  }
}
