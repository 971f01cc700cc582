package dev.myelin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.function.ServerRequest;

class RequestLimitTests {

  private static final ServerRequest REQUEST =
      ServerRequest.create(new MockHttpServletRequest(), List.of());

  private final RequestLimit limit = new RequestLimit(2);

  private void request(FilterChain chain) throws Exception {
    limit.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), chain);
  }

  @Test
  void requestsBeyondTheLimitAreRefusedWhileOthersAreAnswered() throws Exception {
    request((_, _) ->
        nested(() ->
            request((_, _) -> {
              assertThat(limit.route(REQUEST)).isEmpty();
              nested(() -> request((_, _) -> nested(this::assertRefused)));
              assertThat(limit.route(REQUEST)).isEmpty();
            })));

    assertThat(limit.route(REQUEST)).isEmpty();
  }

  private void assertRefused() throws Exception {
    var refused = limit.route(REQUEST).orElseThrow().handle(REQUEST);

    assertThat(refused.statusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
  }

  private static void nested(Callable task) throws ServletException {
    try {
      task.call();
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private interface Callable {
    void call() throws Exception;
  }

  @Test
  void requestThatFailsLeavesItsPlace() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() ->
              request((_, _) -> {
                throw new IllegalStateException("it fails");
              }))
          .hasMessage("it fails");
    }

    request((_, _) -> assertThat(limit.route(REQUEST)).isEmpty());
  }

  @Test
  void limitGrowsWithTheHeapAndIsNeverTooSmall() {
    assertThat(RequestLimit.within(256L << 20)).isEqualTo(1024);
    assertThat(RequestLimit.within(4L << 30)).isEqualTo(16_384);
    assertThat(RequestLimit.within(1L << 20)).isEqualTo(64);
  }
}
