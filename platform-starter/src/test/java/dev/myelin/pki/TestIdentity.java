package dev.myelin.pki;

import dev.myelin.transport.TlsMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/// A key and the certificates that vouch for it.
///
/// @param key the key
/// @param chain its own certificate first
public record TestIdentity(PrivateKey key, List<X509Certificate> chain) {

  private static final char[] PASSWORD = "secret".toCharArray();

  /// What a process needs to speak TLS.
  ///
  /// @param trusted whom it trusts
  public TlsMaterial trusting(TestAuthority... trusted) {
    return material(keyStore(), trustStore(trusted));
  }

  /// What a process without a key has.
  ///
  /// @param trusted whom it trusts
  public static TlsMaterial anonymous(TestAuthority... trusted) {
    return material(emptyStore(), trustStore(trusted));
  }

  private static TlsMaterial material(KeyStore keys, KeyStore trust) {
    try {
      var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, PASSWORD);
      var trustManagers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trustManagers.init(trust);
      return new TlsMaterial(keyManagers, trustManagers, List.of(), List.of());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore keyStore() {
    try {
      var store = emptyStore();
      store.setKeyEntry("own", key, PASSWORD, chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore trustStore(TestAuthority... trusted) {
    try {
      var store = emptyStore();
      for (var authority : trusted) {
        store.setCertificateEntry("ca-" + store.size(), authority.certificate());
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore emptyStore() {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes key store and trust store as PKCS12 files, `keys.p12` and `trust.p12`.
  ///
  /// @param password of both
  public void writeStores(Path folder, String password, TestAuthority... trusted)
      throws IOException {
    try (var keys = Files.newOutputStream(folder.resolve("keys.p12"));
        var trust = Files.newOutputStream(folder.resolve("trust.p12"))) {
      var store = emptyStore();
      store.setKeyEntry("own", key, password.toCharArray(), chain.toArray(Certificate[]::new));
      store.store(keys, password.toCharArray());
      trustStore(trusted).store(trust, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes `key.pem`, `certificate.pem` and `ca.pem`, each as a whole.
  public void writePem(Path folder, TestAuthority... trusted) throws IOException {
    try {
      var certificates = new StringBuilder();
      for (var certificate : chain) {
        certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      var authorities = new StringBuilder();
      for (var authority : trusted) {
        authorities.append(pem("CERTIFICATE", authority.certificate().getEncoded()));
      }
      Files.writeString(folder.resolve("ca.pem"), authorities);
      Files.writeString(folder.resolve("certificate.pem"), certificates);
      writeKey(folder);
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes `key.pem` alone.
  public void writeKey(Path folder) throws IOException {
    Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    var lines = new ArrayList<String>();
    lines.add("-----BEGIN " + kind + "-----");
    lines.add(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
    lines.add("-----END " + kind + "-----\n");
    return String.join("\n", lines);
  }
}
