package dev.myelin.gateway.front;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/// Passes on what a front has written whenever it pauses, whatever the content type: the gateway's
/// own exchange holds all but a few types back until its buffer is full.
final class PromptExchange extends RestClientProxyExchange {

  private static final int BUFFER = 16 * 1024;

  PromptExchange(RestClient client, GatewayMvcProperties properties) {
    super(client, properties);
  }

  @Override
  protected int copyResponseBody(ClientHttpResponse response, InputStream from, OutputStream to)
      throws IOException {
    var buffer = new byte[BUFFER];
    long total = 0;
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      to.write(buffer, 0, read);
      total += read;
      if (from.available() == 0) {
        to.flush();
      }
    }
    return (int) Math.min(total, Integer.MAX_VALUE);
  }
}
