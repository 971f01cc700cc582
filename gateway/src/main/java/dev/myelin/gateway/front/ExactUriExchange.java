package dev.myelin.gateway.front;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Sends path and query to the front byte for byte as the client wrote them.
///
/// The gateway would decode the query's parameters and write them anew, which loses what is not a
/// parameter in UTF-8. Thread-safe.
final class ExactUriExchange implements ProxyExchange {

  private final ProxyExchange exchange;

  ExactUriExchange(ProxyExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public ServerResponse exchange(Request request) {
    var target = request.getUri();
    return exchange.exchange(
        target == null ? request : new Exact(request, exact(target, request.getServerRequest())));
  }

  private static URI exact(URI target, ServerRequest request) {
    var servlet = request.servletRequest();
    var query = servlet.getQueryString();
    try {
      return new URI(
          target.getScheme()
              + "://"
              + target.getRawAuthority()
              + servlet.getRequestURI()
              + (query == null ? "" : "?" + query));
    } catch (URISyntaxException _) {
      // Tomcat lets some characters pass that no URI may have; the gateway's own form has them
      // escaped.
      return target;
    }
  }

  private record Exact(Request request, URI uri) implements Request {

    @Override
    public HttpMethod getMethod() {
      return request.getMethod();
    }

    @Override
    public @Nullable URI getUri() {
      return uri;
    }

    @Override
    public ServerRequest getServerRequest() {
      return request.getServerRequest();
    }

    @Override
    public Collection<ResponseConsumer> getResponseConsumers() {
      return request.getResponseConsumers();
    }

    @Override
    public HttpHeaders getHeaders() {
      return request.getHeaders();
    }
  }
}
