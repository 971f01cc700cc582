package dev.myelin.client.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;

/// Lets HTTP requests count as calls do: in flight while they are, and in an instance's favour or
/// against it by how they end. Stateless.
///
/// - An exception of the network, or a timeout: the instance gave no answer.
/// - 429 and 503: it had no room.
/// - Any other response is an answer. Any other exception says nothing.
public final class AttemptLifecycle
    implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

  private static final Set<Integer> NO_ROOM = Set.of(429, 503);

  /// Creates one.
  public AttemptLifecycle() {}

  @Override
  public void onStart(Request<Object> request) {}

  @Override
  public void onStartRequest(Request<Object> request, Response<ServiceInstance> response) {
    var attempt = Attempt.of(response);
    if (attempt != null) {
      attempt.started();
    }
  }

  @Override
  public void onComplete(CompletionContext<Object, ServiceInstance, Object> context) {
    var attempt = Attempt.of(context.getLoadBalancerResponse());
    if (attempt == null) {
      return;
    }
    switch (context.status()) {
      case SUCCESS -> {
        if (noRoom(context.getClientResponse())) {
          attempt.refused();
        } else {
          attempt.answered();
        }
      }
      case FAILED -> {
        if (unanswered(context.getThrowable())) {
          attempt.unanswered();
        } else {
          attempt.abandoned();
        }
      }
      case DISCARD -> attempt.abandoned();
    }
  }

  private static boolean noRoom(@Nullable Object response) {
    return response instanceof ResponseData data
        && data.getHttpStatus() != null
        && NO_ROOM.contains(data.getHttpStatus().value());
  }

  private static boolean unanswered(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }
}
