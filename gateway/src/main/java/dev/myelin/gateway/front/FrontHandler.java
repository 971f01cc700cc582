package dev.myelin.gateway.front;

import dev.myelin.Execution;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.ServiceNames;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Hands a request to a front and its response back, both streamed.
///
/// A front that cannot be connected to has seen nothing of the request, so the next one is tried;
/// once a connection stands, no other front gets the request (and the same one only as HTTP itself
/// allows: a `GET` or `HEAD` whose connection ended before the first byte of an answer).
/// Thread-safe; blocks the calling (virtual) thread.
public final class FrontHandler implements HandlerFunction<ServerResponse> {

  private static final Logger log = LoggerFactory.getLogger(FrontHandler.class);

  private final Fronts fronts;
  private final Correction correction;
  private final HandlerFunction<ServerResponse> proxy = HandlerFunctions.http();

  /// Creates the handler.
  ///
  /// @param fronts where requests go
  /// @param correction replaces a front's answer where the gateway knows a better one
  public FrontHandler(Fronts fronts, Correction correction) {
    this.fronts = fronts;
    this.correction = correction;
  }

  /// A second look at a front's answer, before anything of it is sent on.
  @FunctionalInterface
  public interface Correction {

    /// The better answer, where there is one.
    ///
    /// @param request what the front was asked
    /// @param answer what it answered
    Optional<ServerResponse> instead(ServerRequest request, ServerResponse answer);
  }

  @Override
  public ServerResponse handle(ServerRequest request) throws Exception {
    var search = fronts.search();
    try {
      while (true) {
        var front = search.next();
        MvcUtils.setRequestUrl(request, origin(front.http()));
        try {
          return corrected(request, proxy.handle(request));
        } catch (ResourceAccessException e) {
          if (!notSent(e)) {
            return brokenOff(front, e).response();
          }
          log.debug("Front {} refused a connection", front.id(), e);
          search.refused(front);
        }
      }
    } catch (ProblemException e) {
      return e.problem().response();
    }
  }

  private ServerResponse corrected(ServerRequest request, ServerResponse answer) {
    var instead = correction.instead(request, answer);
    if (instead.isPresent()
        && MvcUtils.<Object>getAttribute(request, MvcUtils.CLIENT_RESPONSE_ATTR)
            instanceof ClientHttpResponse unread) {
      unread.close();
    }
    return instead.orElse(answer);
  }

  private static URI origin(Endpoint http) {
    return URI.create("http://" + http);
  }

  private static boolean notSent(ResourceAccessException failure) {
    return failure.getCause() instanceof IOException cause
        && (cause instanceof ConnectException
            || cause instanceof HttpConnectTimeoutException
            || cause instanceof NoRouteToHostException);
  }

  private static Problem brokenOff(Fronts.Choice front, ResourceAccessException failure) {
    var cause = failure.getCause() == null ? failure : failure.getCause();
    return new Problem(
            ProblemType.FRONT_FAILED,
            "Front '%s' at %s broke off before it answered: %s."
                .formatted(front.id(), front.http(), cause))
        .with("service", ServiceNames.FRONT)
        .with(Execution.MAY_HAVE_RUN);
  }
}
