package dev.myelin.gateway.problem;

import dev.myelin.Status;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/// The closed set of reasons for which a request is not answered, each with its HTTP status.
///
/// On the wire it is the URN `urn:myelin:problem:<name>`, by which a program may decide; texts are
/// for people.
public enum ProblemType {
  /// The body is not JSON.
  MALFORMED_JSON(HttpStatus.BAD_REQUEST, "Malformed JSON"),
  /// The arguments fit more than one operation of that name.
  AMBIGUOUS_OPERATION(HttpStatus.BAD_REQUEST, "Ambiguous operation"),
  /// The arguments do not fit the operation.
  INVALID_ARGUMENT(HttpStatus.BAD_REQUEST, "Invalid argument"),
  /// Who asks has not shown that it may.
  UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "Unauthorized"),
  /// Only this machine may ask.
  LOOPBACK_ONLY(HttpStatus.FORBIDDEN, "Answered on loopback only"),
  /// There is nothing of that name.
  NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
  /// The path exists, for other methods.
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
  /// What is under way stands against it.
  CONFLICT(HttpStatus.CONFLICT, "Conflict"),
  /// What is stored is not what the request says it must be.
  PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "Precondition failed"),
  /// The request has to say which version it means.
  PRECONDITION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "Precondition required"),
  /// The body is larger than `myelin.core.gateway.max-body`, or `max-jar`.
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Body too large"),
  /// The body is something other than JSON in UTF-8.
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),
  /// Every instance runs as many calls as it may.
  RESOURCE_EXHAUSTED(HttpStatus.TOO_MANY_REQUESTS, "No capacity"),
  /// The operation threw an exception.
  FAILED(HttpStatus.INTERNAL_SERVER_ERROR, "The operation failed"),
  /// A defect of the platform.
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),
  /// The instance and the description it gave do not fit together.
  INCOMPATIBLE(HttpStatus.BAD_GATEWAY, "Incompatible instance"),
  /// A front broke off after it had been sent the request.
  FRONT_FAILED(HttpStatus.BAD_GATEWAY, "The front broke off"),
  /// No instance, or no front, could be reached.
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Unavailable"),
  /// The instances that could be reached are about to leave.
  DRAINING(HttpStatus.SERVICE_UNAVAILABLE, "Draining"),
  /// The call was given up here.
  CANCELLED(HttpStatus.SERVICE_UNAVAILABLE, "Cancelled"),
  /// The deadline passed before the reply came.
  DEADLINE_EXCEEDED(HttpStatus.GATEWAY_TIMEOUT, "Deadline exceeded");

  private final HttpStatus http;
  private final String title;

  ProblemType(HttpStatus http, String title) {
    this.http = http;
    this.title = title;
  }

  /// The type of a failed call.
  ///
  /// @param status why it failed
  static ProblemType of(Status status) {
    return switch (status) {
      case UNAVAILABLE -> UNAVAILABLE;
      case DRAINING -> DRAINING;
      case RESOURCE_EXHAUSTED -> RESOURCE_EXHAUSTED;
      case DEADLINE_EXCEEDED -> DEADLINE_EXCEEDED;
      case CANCELLED -> CANCELLED;
      case NOT_FOUND -> NOT_FOUND;
      case INVALID_ARGUMENT -> INVALID_ARGUMENT;
      case INCOMPATIBLE -> INCOMPATIBLE;
      case FAILED -> FAILED;
      case INTERNAL -> INTERNAL;
    };
  }

  HttpStatus http() {
    return http;
  }

  String title() {
    return title;
  }

  String urn() {
    return "urn:myelin:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether the same request may succeed a moment later.
  boolean passing() {
    return switch (this) {
      case UNAVAILABLE, DRAINING, CANCELLED, RESOURCE_EXHAUSTED -> true;
      case MALFORMED_JSON,
          AMBIGUOUS_OPERATION,
          INVALID_ARGUMENT,
          UNAUTHORIZED,
          LOOPBACK_ONLY,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          CONFLICT,
          PRECONDITION_FAILED,
          PRECONDITION_REQUIRED,
          BODY_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          FAILED,
          INTERNAL,
          INCOMPATIBLE,
          FRONT_FAILED,
          DEADLINE_EXCEEDED ->
          false;
    };
  }
}
