package dev.myelin.benchmarks.myelin;

import dev.myelin.transport.ClientAuthentication;
import dev.myelin.transport.TlsMaterial;
import dev.myelin.transport.TransportSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/// The key by which the two processes of a pair know each other: made by the server, and left for
/// the client under a name that has the id of the process which started both.
///
/// It is a self-signed one on P-256 that both show and both trust, so each handshake checks a
/// certificate on both sides.
///
/// @param store file of the key store
record PairIdentity(Path store) {
  private static final String PASSWORD = "benchmark";

  /// Makes a new one, by the JDK's keytool, in place of the one before.
  static PairIdentity create() throws IOException {
    var store = Files.createTempDirectory("myelin-benchmark-").resolve("pair.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "pair",
                "-dname",
                "CN=benchmark",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    try (InputStream said = keytool.getInputStream()) {
      var output = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool made no key: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool made a key", e);
    }
    var pair = ofPair();
    Files.move(store, pair.store(), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(store.getParent());
    return pair;
  }

  /// The one that the server of this pair has made.
  static PairIdentity ofPair() {
    var self = ProcessHandle.current();
    return new PairIdentity(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "myelin-benchmark-" + self.parent().orElse(self).pid() + ".p12"));
  }

  /// Mutual TLS with the other process of the pair.
  TransportSecurity security() throws IOException {
    try (var in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, PASSWORD.toCharArray());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keys);
      return TransportSecurity.tls(
          new TlsMaterial(own, trust, List.of(), List.of()), ClientAuthentication.NEED, false);
    } catch (GeneralSecurityException e) {
      throw new IOException("'" + store + "' cannot be used", e);
    }
  }

  /// Removes it.
  void delete() throws IOException {
    Files.deleteIfExists(store);
  }
}
