package dev.myelin.transport;

import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Says for people why a tunnel was refused. Stateless.
final class TunnelRefusal {

  private static final int MAX_DETAIL = 500;
  // `detail` of problem details (RFC 9457), `message` of the API server of Kubernetes
  private static final Pattern DETAIL =
      Pattern.compile("\"(?:detail|message)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private TunnelRefusal() {}

  static String describe(FullHttpResponse answer) {
    var status = answer.status();
    return "it answered %d%s%s".formatted(status.code(), detail(answer), advice(status.code()));
  }

  private static String detail(FullHttpResponse answer) {
    var body = answer.content().toString(StandardCharsets.UTF_8);
    var found = DETAIL.matcher(body);
    var said = found.find() ? found.group(1).replace("\\\"", "\"") : body.strip();
    if (said.isEmpty()) {
      return " (%s)".formatted(answer.status().reasonPhrase());
    }
    return " (%s)".formatted(said.substring(0, Math.min(said.length(), MAX_DETAIL)));
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 ->
          "; see 'myelin.core.token', or what the user of the kubeconfig may do with 'services/proxy'";
      case 404 ->
          "; see 'myelin.core.url', and whether 'myelin.core.gateway.tunnel.enabled' is set there";
      default -> "";
    };
  }
}
