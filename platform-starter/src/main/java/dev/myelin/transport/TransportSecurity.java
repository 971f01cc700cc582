package dev.myelin.transport;

import dev.myelin.wire.Endpoint;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// How the connections of a transport are secured: not at all, or by TLS. Thread-safe.
///
/// - One material serves both sides: what this process shows, and whom it trusts.
/// - New material counts for the connections that are made from then on; those that are open go on
///   with what they have.
/// - Every connection checks the other side's certificate anew, no session is resumed.
/// - The provider is OpenSSL where `netty-tcnative` is on the class path and works, the JDK's
///   otherwise.
public final class TransportSecurity {

  // A session that is resumed carries on a check of its certificates that was made when it began.
  // Processes connect seldom, so the full handshake is no burden; 0 would mean the default of a day
  private static final long SHORTEST_SESSION = 1;

  private final ClientAuthentication clients;
  private final boolean verifyHostname;
  private volatile @Nullable Contexts contexts;

  private record Contexts(SslContext client, SslContext server) {}

  private TransportSecurity(ClientAuthentication clients, boolean verifyHostname) {
    this.clients = clients;
    this.verifyHostname = verifyHostname;
  }

  /// Connections as they are: for a network where only processes of the cluster can connect.
  public static TransportSecurity none() {
    return new TransportSecurity(ClientAuthentication.NONE, false);
  }

  /// TLS on all connections, those made and those taken.
  ///
  /// @param material what to begin with
  /// @param clients what is demanded of callers
  /// @param verifyHostname whether a server's certificate must name the address that was connected
  ///   to
  /// @throws IllegalArgumentException if TLS cannot be spoken with the material; the message says
  ///   why
  public static TransportSecurity tls(
      TlsMaterial material, ClientAuthentication clients, boolean verifyHostname) {
    var security = new TransportSecurity(clients, verifyHostname);
    security.contexts = security.build(material);
    return security;
  }

  /// Takes new material for the connections that are made from now on.
  ///
  /// @throws IllegalArgumentException if TLS cannot be spoken with it; the old one then stays
  /// @throws IllegalStateException if connections are not secured
  public void renew(TlsMaterial material) {
    if (contexts == null) {
      throw new IllegalStateException(
          "Connections that are not secured have no material to be renewed");
    }
    contexts = build(material);
  }

  /// Secures a new channel, before anything else is added to its pipeline.
  ///
  /// @param peer where it connects to; null if it was accepted
  /// @param limit time for the handshake
  void secure(Channel channel, @Nullable Endpoint peer, Duration limit) {
    var current = contexts;
    if (current == null) {
      return;
    }
    if (peer == null) {
      channel.pipeline().addLast(new TlsDoor(current.server(), limit)).addLast(new TlsGuard(false));
      return;
    }
    var handler =
        verifyHostname
            ? current.client().newHandler(channel.alloc(), peer.host(), peer.port())
            : current.client().newHandler(channel.alloc());
    channel.pipeline().addLast(limited(handler, limit)).addLast(new TlsGuard(true));
  }

  static SslHandler limited(SslHandler handler, Duration limit) {
    handler.setHandshakeTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    return handler;
  }

  private Contexts build(TlsMaterial material) {
    try {
      var built =
          new Contexts(
              // Netty's default is the check of names that browsers make
              common(SslContextBuilder.forClient().keyManager(material.keys()), material)
                  .endpointIdentificationAlgorithm(verifyHostname ? "HTTPS" : null)
                  .build(),
              common(SslContextBuilder.forServer(material.keys()), material)
                  .clientAuth(
                      switch (clients) {
                        case NONE -> ClientAuth.NONE;
                        case WANT -> ClientAuth.OPTIONAL;
                        case NEED -> ClientAuth.REQUIRE;
                      })
                  .build());
      // versions and ciphers are looked at only now
      tryOut(built.client());
      tryOut(built.server());
      return built;
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "TLS cannot be spoken with what is given: " + e.getMessage(), e);
    }
  }

  private static void tryOut(SslContext context) {
    ReferenceCountUtil.release(context.newEngine(UnpooledByteBufAllocator.DEFAULT));
  }

  private static SslContextBuilder common(SslContextBuilder builder, TlsMaterial material) {
    return builder
        .trustManager(material.trust())
        .protocols(material.protocols().isEmpty() ? null : material.protocols())
        .ciphers(material.ciphers().isEmpty() ? null : material.ciphers())
        .sessionTimeout(SHORTEST_SESSION);
  }
}
