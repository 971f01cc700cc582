package dev.myelin.gateway.problem;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.RemoteCallException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.function.ServerResponse;

/// Why a request is not answered, as RFC 9457 problem details.
///
/// Beside the standard members there may be `service` and `operation` (what was called),
/// `execution` (`did-not-run`, `may-have-run` or `ran`), `remoteType` (class of the exception that
/// the operation threw) and what a place of failure adds. A problem that passes by itself carries
/// `Retry-After`. Immutable.
///
/// @param type the reason
/// @param detail what failed, on what, and what to do
/// @param members further members, in order
/// @param headers further headers of the response
public record Problem(
    ProblemType type, String detail, Map<String, Object> members, Map<String, String> headers) {

  /// Seconds after which a request is worth another try: one heartbeat, within which the membership
  /// learns of what changed.
  private static final String RETRY_AFTER_SECONDS = "1";

  /// Copies the maps.
  public Problem {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    headers = Map.copyOf(headers);
  }

  /// Creates one without further members and headers.
  ///
  /// @param type the reason
  /// @param detail what failed, on what, and what to do
  public Problem(ProblemType type, String detail) {
    this(type, detail, Map.of(), Map.of());
  }

  /// The problem that a failed call is.
  ///
  /// @param failure how it failed
  /// @param service name of the service
  /// @param operation key or name of the operation
  public static Problem of(CallException failure, String service, String operation) {
    var message = failure.getMessage();
    var problem =
        new Problem(
                ProblemType.of(failure.status()),
                message == null ? failure.status().toString() : message)
            .with("service", service)
            .with("operation", operation)
            .with(failure.execution());
    return failure instanceof RemoteCallException remote
        ? problem.with("remoteType", remote.remoteType())
        : problem;
  }

  /// The same with one more member.
  ///
  /// @param name name of the member
  /// @param value anything that JSON can say
  public Problem with(String name, Object value) {
    var extended = new LinkedHashMap<>(members);
    extended.put(name, value);
    return new Problem(type, detail, extended, headers);
  }

  /// The same with the member `execution`.
  ///
  /// @param execution what is known about the call
  public Problem with(Execution execution) {
    return with("execution", execution.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /// The same with one more header.
  ///
  /// @param name name of the header
  /// @param value its value
  public Problem withHeader(String name, String value) {
    var extended = new LinkedHashMap<>(headers);
    extended.put(name, value);
    return new Problem(type, detail, members, extended);
  }

  /// The response.
  public ServerResponse response() {
    var body = ProblemDetail.forStatusAndDetail(type.http(), detail);
    body.setType(URI.create(type.urn()));
    body.setTitle(type.title());
    members.forEach(body::setProperty);
    var response =
        ServerResponse.status(type.http()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.forEach(response::header);
    if (type.passing()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.body(body);
  }
}
