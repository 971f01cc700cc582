package dev.myelin.autoconfigure;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers 404 for everything but the actuator: an instance's HTTP port serves nothing else.
final class ActuatorOnlyFilter extends OncePerRequestFilter {

  private final List<String> paths;
  private final String explanation;

  /// Creates one.
  ///
  /// @param paths paths below which requests pass
  ActuatorOnlyFilter(List<String> paths) {
    this.paths = List.copyOf(paths);
    this.explanation =
        "This process is an instance: its HTTP port serves %s alone. Send the request to the gateway or to the front.%n"
            .formatted(String.join(", ", paths));
  }

  // the path as the container decoded and normalized it
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    return paths.stream()
        .anyMatch(allowed -> path.equals(allowed) || path.startsWith(allowed + "/"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    response.setContentType("text/plain");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.getWriter().write(explanation);
  }
}
