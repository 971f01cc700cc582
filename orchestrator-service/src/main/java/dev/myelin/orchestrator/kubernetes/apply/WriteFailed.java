package dev.myelin.orchestrator.kubernetes.apply;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that was to be written was not, or may not have been.
public final class WriteFailed extends RuntimeException {

  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;

  private final Why why;
  private final Duration retryAfter;

  /// What that means for another attempt.
  public enum Why {
    /// Somebody else has written meanwhile: look again.
    OVERTAKEN,
    /// There is something of that name that is not Myelin's.
    NAME_TAKEN,
    /// The API does not take it, however often it is tried: the resource says something wrong.
    REFUSED,
    /// The API could not, though it answers: a webhook of somebody's, such as.
    FAILED,
    /// The API does not answer, or not now, whatever is asked.
    UNAVAILABLE
  }

  /// Creates it.
  ///
  /// @param why what that means for another attempt
  /// @param message what failed, on what, and what to do
  /// @param cause what the client says; absent where nothing was sent
  public WriteFailed(Why why, String message, @Nullable Throwable cause) {
    this(why, message, cause, Duration.ZERO);
  }

  /// Creates it.
  ///
  /// @param why what that means for another attempt
  /// @param message what failed, on what, and what to do
  /// @param cause what the client says; absent where nothing was sent
  /// @param retryAfter how long the API wants to be left alone
  public WriteFailed(Why why, String message, @Nullable Throwable cause, Duration retryAfter) {
    super(message, cause);
    this.why = why;
    this.retryAfter = retryAfter;
  }

  /// How long the API wants to be left alone; zero where it does not say.
  public Duration retryAfter() {
    return retryAfter;
  }

  /// The API has answered no, or not at all.
  ///
  /// @param message what failed, and on what
  /// @param e what the client says
  static WriteFailed of(String message, KubernetesClientException e) {
    var status = e.getStatus();
    var details = status == null ? null : status.getDetails();
    var seconds = details == null ? null : details.getRetryAfterSeconds();
    return new WriteFailed(
        why(e.getCode()),
        message,
        e,
        seconds == null ? Duration.ZERO : Duration.ofSeconds(Math.max(0, seconds)));
  }

  private static Why why(int code) {
    if (code <= 0) {
      return Why.UNAVAILABLE; // the client's own, where no answer came
    }
    return switch (code) {
      case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> Why.OVERTAKEN;
      case HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, UNPROCESSABLE ->
          Why.REFUSED;
      case TOO_MANY,
          HttpURLConnection.HTTP_UNAUTHORIZED,
          HttpURLConnection.HTTP_BAD_GATEWAY,
          HttpURLConnection.HTTP_UNAVAILABLE,
          HttpURLConnection.HTTP_GATEWAY_TIMEOUT ->
          Why.UNAVAILABLE;
      default -> Why.FAILED;
    };
  }

  /// An object was written by a later leader.
  ///
  /// @param refused which one
  /// @param epoch of the leader that was to write
  public static WriteFailed later(Change.Refused refused, long epoch) {
    var live = refused.live();
    return new WriteFailed(
        Why.OVERTAKEN,
        "%s '%s' was written in epoch %d, after this one's %d"
            .formatted(live.getKind(), live.getMetadata().getName(), refused.epoch(), epoch),
        null);
  }

  /// What that means for another attempt.
  public Why why() {
    return why;
  }
}
