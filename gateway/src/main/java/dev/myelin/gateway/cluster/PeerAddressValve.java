package dev.myelin.gateway.cluster;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.web.servlet.function.ServerRequest;

/// Notes the address that a connection really comes from, before anything that trusts
/// `X-Forwarded-For` replaces it.
final class PeerAddressValve extends ValveBase {

  private static final String PEER = PeerAddressValve.class.getName() + ".peer";

  PeerAddressValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    request.setAttribute(PEER, request.getRemoteAddr());
    getNext().invoke(request, response);
  }

  /// Whether a request's connection comes from this machine; false where the valve has not seen it.
  static boolean loopback(ServerRequest request) {
    if (request.servletRequest().getAttribute(PEER) instanceof String peer) {
      try {
        return InetAddress.ofLiteral(peer).isLoopbackAddress();
      } catch (IllegalArgumentException _) {
        return false;
      }
    }
    return false;
  }
}
