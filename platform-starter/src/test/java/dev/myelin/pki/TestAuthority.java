package dev.myelin.pki;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/// A certification authority that lives as long as a test.
public final class TestAuthority {

  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  private static final byte[] ALTERNATIVE_NAME = Der.identifier(0x55, 0x1d, 0x11);
  private static final byte[] BASIC_CONSTRAINTS = Der.identifier(0x55, 0x1d, 0x13);
  private static final byte[] TRUE = Der.of(0x01, new byte[] {-1});
  private static final Duration LIFETIME = Duration.ofDays(2);

  private final AtomicLong serial = new AtomicLong(1);
  private final X500Principal name;
  private final KeyPair keys = keyPair();
  private final X509Certificate certificate;

  /// Founds one.
  ///
  /// @param name its common name
  public TestAuthority(String name) {
    this.name = new X500Principal("CN=" + name);
    this.certificate =
        sign(
            this.name,
            keys,
            yesterday(),
            yesterday().plus(LIFETIME),
            Der.sequence(BASIC_CONSTRAINTS, TRUE, Der.of(0x04, Der.sequence(TRUE))));
  }

  /// What those who trust it keep.
  public X509Certificate certificate() {
    return certificate;
  }

  /// Issues a certificate that is valid now.
  ///
  /// @param subject its common name
  /// @param addresses of the hosts it is for
  public TestIdentity issue(String subject, String... addresses) {
    return issue(subject, yesterday().plus(LIFETIME), addresses);
  }

  /// Issues a certificate that ended two hours ago.
  ///
  /// @param subject its common name
  public TestIdentity issueExpired(String subject) {
    return issue(subject, yesterday().plus(22, ChronoUnit.HOURS));
  }

  private TestIdentity issue(String subject, Instant until, String... addresses) {
    var own = keyPair();
    var signed =
        sign(new X500Principal("CN=" + subject), own, yesterday(), until, names(addresses));
    return new TestIdentity(own.getPrivate(), List.of(signed, certificate));
  }

  private static byte[] names(String... addresses) {
    if (addresses.length == 0) {
      return Der.sequence(BASIC_CONSTRAINTS, Der.of(0x04, Der.sequence()));
    }
    var names = new byte[addresses.length][];
    for (int i = 0; i < addresses.length; i++) {
      names[i] = Der.of(0x87, address(addresses[i]));
    }
    return Der.sequence(ALTERNATIVE_NAME, Der.of(0x04, Der.sequence(names)));
  }

  private X509Certificate sign(
      X500Principal subject, KeyPair own, Instant from, Instant until, byte[] extension) {
    var content =
        Der.sequence(
            Der.of(0xa0, Der.integer(2)),
            Der.integer(serial.getAndIncrement()),
            ECDSA_WITH_SHA256,
            name.getEncoded(),
            Der.sequence(Der.time(from), Der.time(until)),
            subject.getEncoded(),
            own.getPublic().getEncoded(),
            Der.of(0xa3, Der.sequence(extension)));
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      var encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] address(String text) {
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant yesterday() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.DAYS);
  }
}
