package dev.myelin.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.RemoteCallException;
import dev.myelin.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpHeaders;

class ProblemTests {

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, 503, true",
    "DRAINING, 503, true",
    "RESOURCE_EXHAUSTED, 429, true",
    "DEADLINE_EXCEEDED, 504, false",
    "CANCELLED, 503, true",
    "NOT_FOUND, 404, false",
    "INVALID_ARGUMENT, 400, false",
    "INCOMPATIBLE, 502, false",
    "FAILED, 500, false",
    "INTERNAL, 500, false"
  })
  void failureWhenOfAStatusHasItsHttpStatus(Status status, int http, boolean retry) {
    var failure = new CallException(status, Execution.MAY_HAVE_RUN, "why");

    var response = Problem.of(failure, "shop", "price").response();

    assertThat(response.statusCode().value()).isEqualTo(http);
    assertThat(response.headers().containsHeader(HttpHeaders.RETRY_AFTER)).isEqualTo(retry);
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void statusWhateverItIsHasAProblemOfItsName(Status status) {
    assertThat(ProblemType.of(status).name()).isEqualTo(status.name());
  }

  @Test
  void failureWhenDescribedSaysWhatWasCalledAndWhetherItRan() {
    var failure = new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "nobody there");

    var problem = Problem.of(failure, "shop", "price(long)");

    assertThat(problem.detail()).isEqualTo("nobody there");
    assertThat(problem.members())
        .containsEntry("service", "shop")
        .containsEntry("operation", "price(long)")
        .containsEntry("execution", "did-not-run")
        .doesNotContainKey("remoteType");
  }

  @Test
  void failureWhenTheOperationThrewNamesTheException() {
    var failure = new RemoteCallException("shop.SoldOut", "no more", null);

    assertThat(Problem.of(failure, "shop", "price").members())
        .containsEntry("remoteType", "shop.SoldOut")
        .containsEntry("execution", "ran");
  }

  @Test
  void typeWhenWrittenIsAUrn() {
    assertThat(ProblemType.BODY_TOO_LARGE.urn()).isEqualTo("urn:myelin:problem:body-too-large");
  }
}
