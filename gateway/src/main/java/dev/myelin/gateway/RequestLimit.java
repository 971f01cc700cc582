package dev.myelin.gateway;

import dev.myelin.Execution;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// How many requests are answered at a time: what comes beyond that is refused at once, so that a
/// gateway which is too slow for its load runs out of patience and not of memory. Thread-safe.
///
/// As a filter it counts, as the first of the routes that are limited it refuses.
final class RequestLimit implements Filter, RouterFunction<ServerResponse> {

  /// The buffers of a connection, those of the request and its answer, the thread that waits: 115
  /// KB were measured, of 1,000 small requests under way.
  private static final long BYTES_A_REQUEST = 128 * 1024;

  private static final long SHARE_OF_HEAP = 2;
  private static final long LEAST = 64;

  private final int most;
  private final AtomicInteger inFlight = new AtomicInteger();

  /// Creates a limit.
  ///
  /// @param most requests at a time, at least 1
  RequestLimit(int most) {
    this.most = most;
  }

  /// As many as half of a heap holds.
  ///
  /// @param heap its largest size in bytes
  static int within(long heap) {
    return Math.toIntExact(
        Math.clamp(heap / SHARE_OF_HEAP / BYTES_A_REQUEST, LEAST, Integer.MAX_VALUE));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    inFlight.incrementAndGet();
    try {
      chain.doFilter(request, response);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  /// The refusal of a request that is one too many; empty for any other.
  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    return inFlight.get() > most ? Optional.of(_ -> refused()) : Optional.empty();
  }

  private ServerResponse refused() {
    return new Problem(
            ProblemType.RESOURCE_EXHAUSTED,
            ("The gateway answers %d requests already, which is its limit: ask again, start another"
                    + " gateway, or raise 'myelin.core.gateway.max-requests' and its heap.")
                .formatted(most))
        .with(Execution.DID_NOT_RUN)
        .response();
  }
}
