package dev.myelin.callpath;

import dev.myelin.pki.MutualTls;
import dev.myelin.transport.TransportSecurity;

/// The same over mutual TLS.
final class CallPathOverTlsTests extends CallPathTests {

  @Override
  TransportSecurity security() {
    return MutualTls.security();
  }
}
