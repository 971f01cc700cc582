package dev.myelin.transport;

import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/// What a process shows of itself, and whom it trusts.
///
/// @param keys its key and certificate, shown to those that it calls and to those that call it
/// @param trust whose certificates it takes
/// @param protocols versions of TLS that it speaks; none = those of the provider
/// @param ciphers cipher suites that it takes; none = those of the provider
public record TlsMaterial(
    KeyManagerFactory keys,
    TrustManagerFactory trust,
    List<String> protocols,
    List<String> ciphers) {

  /// Copies the lists.
  public TlsMaterial {
    protocols = List.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
  }
}
