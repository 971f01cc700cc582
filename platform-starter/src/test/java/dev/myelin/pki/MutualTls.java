package dev.myelin.pki;

import dev.myelin.transport.ClientAuthentication;
import dev.myelin.transport.TransportSecurity;

/// A process of a cluster all of whose processes trust one authority.
public final class MutualTls {

  private static final TestAuthority AUTHORITY = new TestAuthority("cluster");
  private static final TestIdentity PROCESS = AUTHORITY.issue("process");

  private MutualTls() {}

  /// Its connections.
  public static TransportSecurity security() {
    return TransportSecurity.tls(PROCESS.trusting(AUTHORITY), ClientAuthentication.NEED, false);
  }
}
