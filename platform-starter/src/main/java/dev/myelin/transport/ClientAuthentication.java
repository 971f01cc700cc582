package dev.myelin.transport;

/// What a process that is called demands of its callers.
public enum ClientAuthentication {
  /// No certificate: everyone who can connect may call.
  NONE,
  /// A caller may show a certificate, which then has to be a trusted one.
  WANT,
  /// A trusted certificate: mutual TLS.
  NEED
}
