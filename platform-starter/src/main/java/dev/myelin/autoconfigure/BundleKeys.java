package dev.myelin.autoconfigure;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/// A key of a bundle and what its certificate says of it.
///
/// Read through the managers that TLS will ask, so that a bundle of the application's own making is
/// judged like one of files.
///
/// @param own the private key
/// @param certified the key in the certificate
record BundleKeys(PrivateKey own, PublicKey certified) {

  private static final List<String> TYPES = List.of("EC", "RSA", "RSASSA-PSS", "EdDSA", "DSA");
  private static final byte[] SAMPLE = {'m', 'y', 'e', 'l', 'i', 'n'};

  static List<BundleKeys> of(KeyManager... managers) {
    var found = new ArrayList<BundleKeys>();
    for (var manager : managers) {
      if (manager instanceof X509KeyManager keys) {
        for (var type : TYPES) {
          var aliases = keys.getServerAliases(type, null);
          for (var alias : aliases == null ? new String[0] : aliases) {
            found.add(
                new BundleKeys(
                    keys.getPrivateKey(alias), keys.getCertificateChain(alias)[0].getPublicKey()));
          }
        }
      }
    }
    return found;
  }

  /// Whether one belongs to the other. TLS would find out only when a connection is made.
  boolean match() {
    var algorithm =
        switch (certified.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          case "DSA" -> "SHA256withDSA";
          case "EdDSA" -> "EdDSA";
          // nothing can be said of it without its parameters
          default -> "";
        };
    try {
      return algorithm.isEmpty() || verified(algorithm);
    } catch (GeneralSecurityException _) {
      return false; // such a key cannot even sign in this way
    }
  }

  private boolean verified(String algorithm) throws GeneralSecurityException {
    var signature = Signature.getInstance(algorithm);
    signature.initSign(own);
    signature.update(SAMPLE);
    var signed = signature.sign();
    signature.initVerify(certified);
    signature.update(SAMPLE);
    return signature.verify(signed);
  }
}
