package dev.myelin.gateway.front;

import java.util.List;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/// Tells the front where a request came from: `X-Forwarded-For`, `-Proto`, `-Host` and `-Port`.
///
/// What a client itself sends under these names has been removed before, unless it is one of
/// `spring.cloud.gateway.server.webmvc.trusted-proxies`, whose values are kept.
final class OriginHeaders implements RequestHttpHeadersFilter, Ordered {

  @Override
  public int getOrder() {
    // after the gateway's own filters, which are at 0
    return 100;
  }

  @Override
  public HttpHeaders apply(HttpHeaders input, ServerRequest request) {
    var headers = new HttpHeaders();
    headers.addAll(input);
    var servlet = request.servletRequest();
    putIfAbsent(headers, "X-Forwarded-For", servlet.getRemoteAddr());
    putIfAbsent(headers, "X-Forwarded-Proto", servlet.getScheme());
    var host = servlet.getHeader(HttpHeaders.HOST);
    putIfAbsent(headers, "X-Forwarded-Host", host == null ? servlet.getServerName() : host);
    putIfAbsent(headers, "X-Forwarded-Port", Integer.toString(servlet.getServerPort()));
    return headers;
  }

  private static void putIfAbsent(HttpHeaders headers, String name, String value) {
    if (!headers.containsHeader(name)) {
      headers.put(name, List.of(value));
    }
  }
}
