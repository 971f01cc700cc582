package dev.myelin.gateway.tunnel;

import dev.myelin.Execution;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.Tunnel;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Routes requests for a [Tunnel].
///
/// | what is wrong | is answered with |
/// |---|---|
/// | no token, or another | 401 |
/// | no WebSocket, or no target | 400 |
/// | a target that is not listed | 404 |
/// | too many tunnels | 429 |
/// | the target cannot be reached, or this gateway ends | 503 |
///
/// The target is connected before the tunnel is granted, so that a refusal means that nothing has
/// been sent there. Thread-safe.
final class TunnelRoutes implements RouterFunction<ServerResponse> {

  private final TunnelTokens tokens;
  private final TunnelTargets targets;
  private final OpenTunnels tunnels;
  private final Duration connectTimeout;

  /// Creates the route.
  ///
  /// @param tokens who is let in
  /// @param targets where tunnels may lead
  /// @param tunnels those that are open
  /// @param connectTimeout time in which a target has to be connected
  TunnelRoutes(
      TunnelTokens tokens, TunnelTargets targets, OpenTunnels tunnels, Duration connectTimeout) {
    this.tokens = tokens;
    this.targets = targets;
    this.tunnels = tunnels;
    this.connectTimeout = connectTimeout;
  }

  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    return request.path().equals(Tunnel.PATH) ? Optional.of(this::answer) : Optional.empty();
  }

  private ServerResponse answer(ServerRequest request) {
    try {
      return opened(request);
    } catch (ProblemException e) {
      return e.problem().response();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return refusal(ProblemType.CANCELLED, "The gateway ends.").problem().response();
    }
  }

  private ServerResponse opened(ServerRequest request) throws InterruptedException {
    var from = request.remoteAddress().map(String::valueOf).orElse("?");
    if (!tokens.admit(request.headers().firstHeader(Tunnel.TOKEN), from)) {
      throw refusal(
          ProblemType.UNAUTHORIZED,
          "A tunnel needs the header '%s' with a token that this gateway knows."
              .formatted(Tunnel.TOKEN));
    }
    if (!request.method().equals(HttpMethod.GET) || !upgrade(request)) {
      throw refusal(ProblemType.INVALID_ARGUMENT, "A tunnel is asked for as a WebSocket.");
    }
    var to = target(request);
    var place = tunnels.enter();
    try {
      return tunnels.open(place, connect(to), from, to);
    } catch (RuntimeException | InterruptedException e) {
      place.leave();
      throw e;
    }
  }

  private static boolean upgrade(ServerRequest request) {
    return "websocket".equalsIgnoreCase(request.headers().firstHeader(HttpHeaders.UPGRADE));
  }

  private static String target(ServerRequest request) {
    var to = request.headers().firstHeader(Tunnel.TO);
    if (to == null || to.isBlank()) {
      throw refusal(
          ProblemType.INVALID_ARGUMENT,
          "A tunnel needs the header '%s', host and port of a process.".formatted(Tunnel.TO));
    }
    return to.strip();
  }

  private Socket connect(String to) throws InterruptedException {
    var why = "";
    try {
      var addresses = targets.find(to);
      if (addresses.isEmpty()) {
        throw refusal(
            ProblemType.NOT_FOUND, "No process of this cluster is listed at '%s'.".formatted(to));
      }
      for (var address : addresses) {
        var socket = new Socket();
        try {
          socket.setTcpNoDelay(true);
          socket.connect(address, Math.toIntExact(Math.max(1, connectTimeout.toMillis())));
          return socket;
        } catch (IOException e) {
          why = "%s: %s".formatted(address, e.getMessage());
          socket.close();
        }
      }
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    }
    throw refusal(
        ProblemType.UNAVAILABLE, "'%s' cannot be reached from the gateway, %s.".formatted(to, why));
  }

  static ProblemException refusal(ProblemType type, String detail) {
    return new ProblemException(new Problem(type, detail).with(Execution.DID_NOT_RUN));
  }
}
