package dev.myelin.transport;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;

/// Says for people why TLS was not agreed on, and what to do about it. Stateless.
///
/// What a provider says is meant for its own makers («unable to find valid certification path to
/// requested target»), and differs from one to the other; where nothing better is known, it is
/// quoted.
final class TlsFailure {

  /// What a caller is told whose connection ended between the handshake and the server's hello: in
  /// TLS 1.3 a server looks at the caller's certificate after the caller is done.
  static final String ENDED_BEFORE_HELLO =
      "the server closed the connection before it said hello; if it refused the certificate of this process ('myelin.ssl.bundle'), its log says why";

  private static final String ALERT = "fatal alert: ";

  private TlsFailure() {}

  /// Describes a failure.
  ///
  /// @param failure what the provider of TLS threw
  /// @param initiator whether this side made the connection
  static String describe(Throwable failure, boolean initiator) {
    var peer = initiator ? "server" : "caller";
    var causes = causes(failure);
    for (var cause : causes.reversed()) {
      var known = known(cause, peer, initiator);
      if (!known.isEmpty()) {
        return "TLS failed: " + known;
      }
    }
    return "TLS with the %s failed: %s".formatted(peer, causes.getLast().getMessage());
  }

  private static String known(Throwable cause, String peer, boolean initiator) {
    var said = String.valueOf(cause.getMessage());
    return switch (cause) {
      case CertificateExpiredException _ ->
          "a certificate that the %s shows has expired (%s); renew it in the bundle that 'myelin.ssl.bundle' names there"
              .formatted(peer, said);
      case CertificateNotYetValidException _ ->
          "a certificate that the %s shows is not valid yet (%s); compare the clocks of both hosts"
              .formatted(peer, said);
      case CertPathBuilderException _ -> untrusted(peer);
      case CertificateException _ when said.startsWith("No ") ->
          "the server's certificate does not name the address that was connected to (%s); give it that subject alternative name, or set 'myelin.ssl.verify-hostname=false' here"
              .formatted(said);
      case NotSslRecordException _ ->
          "the %s does not speak TLS; set 'myelin.ssl.bundle' there, too, or 'myelin.ssl.enabled=false' here"
              .formatted(peer);
      case SslHandshakeTimeoutException _ ->
          "the %s did not end its handshake in time".formatted(peer);
      case ClosedChannelException _ ->
          "the %s closed the connection during its handshake".formatted(peer);
      default -> byText(said, peer, initiator);
    };
  }

  private static String byText(String said, String peer, boolean initiator) {
    if (said.contains("Empty client certificate chain")
        || said.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")) {
      return "the caller shows no certificate that this process could trust; set 'myelin.ssl.bundle' there to one with a key of the same CA, or 'myelin.ssl.client-auth' here";
    }
    if (said.contains("CERTIFICATE_VERIFY_FAILED")) {
      return untrusted(peer);
    }
    int alert = said.indexOf(ALERT);
    if (alert >= 0) {
      return refused(said.substring(alert + ALERT.length()), peer, initiator);
    }
    return "";
  }

  private static String refused(String alert, String peer, boolean initiator) {
    var why =
        alert.contains("certificate")
            ? "the %s refused the certificate of this process%s"
                .formatted(peer, initiator ? ", or the lack of one" : "")
            : "the %s refused the connection".formatted(peer);
    return "%s (alert '%s'); %s"
        .formatted(
            why,
            alert,
            initiator
                ? "its log says why, see 'myelin.ssl.bundle' here"
                : "its own message says why");
  }

  private static String untrusted(String peer) {
    return "the %s's certificate is from nobody whom this process trusts; give both bundles of the same CA ('myelin.ssl.bundle')"
        .formatted(peer);
  }

  private static List<Throwable> causes(Throwable failure) {
    var causes = new ArrayList<Throwable>();
    for (var cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }
}
