package dev.myelin.transport;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Tunnel;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLContext;

/// Connects through tunnels of a gateway: a WebSocket for each connection, in TLS where the
/// gateway's address is https, whose server must be whom the address names.
final class TunnelDialer implements Dialer {

  private static final int MAX_ANSWER = 64 * 1024;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final TunnelEntrance entrance;

  TunnelDialer(TunnelEntrance entrance) {
    this.entrance = entrance;
  }

  @Override
  public Route route(Endpoint endpoint) throws IOException {
    return new Tunnelled(endpoint, entrance.way(), entrance);
  }

  private record Tunnelled(Endpoint endpoint, TunnelEntrance.Way way, TunnelEntrance entrance)
      implements Route {

    @Override
    public Endpoint hop() {
      var gateway = way.gateway();
      int standard = way.tls() == null ? HTTP : HTTPS;
      // an IPv6 address stands in brackets
      var host = gateway.getHost().replaceAll("[\\[\\]]", "");
      return new Endpoint(host, gateway.getPort() < 0 ? standard : gateway.getPort());
    }

    @Override
    public void prepare(Channel channel) {
      var tls = way.tls();
      if (tls != null) {
        channel.pipeline().addLast(handler(tls, hop()));
      }
      channel
          .pipeline()
          .addLast(new HttpClientCodec())
          .addLast(new HttpObjectAggregator(MAX_ANSWER))
          .addLast(new TunnelHandler(way, target(), endpoint, () -> entrance.refused(way)));
    }

    private URI target() {
      var base = way.gateway().toString().replaceFirst("/+$", "");
      return URI.create(base + Tunnel.PATH);
    }

    private static SslHandler handler(SSLContext context, Endpoint server) {
      var engine = context.createSSLEngine(server.host(), server.port());
      engine.setUseClientMode(true);
      var parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
      return new SslHandler(engine);
    }
  }
}
