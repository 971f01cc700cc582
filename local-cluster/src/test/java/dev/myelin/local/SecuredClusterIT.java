package dev.myelin.local;

import static dev.myelin.local.LocalClusterProcess.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.local.LocalClusterProcess.Setup;
import dev.myelin.pki.TestAuthority;
import dev.myelin.pki.TestIdentity;
import dev.myelin.transport.ClientAuthentication;
import dev.myelin.transport.Connection;
import dev.myelin.transport.FrameListener;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Transport;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An ordinary application as a cluster whose processes call each other over mutual TLS.
@Timeout(600)
class SecuredClusterIT {

  private static final String PASSWORD = "an-unlikely-password";
  private static final TestAuthority AUTHORITY = new TestAuthority("cluster");

  @TempDir private Path folder;

  private Setup setup() throws IOException {
    AUTHORITY.issue("process").writeStores(folder, PASSWORD, AUTHORITY);
    var bundle = "spring.ssl.bundle.jks.Calls-1.";
    return new Setup(SampleJars.guestbook(), folder.resolve("cluster"))
        .withArgument("myelin.ssl.bundle", "Calls-1")
        .withArgument(bundle + "keystore.location", folder.resolve("keys.p12"))
        .withArgument(bundle + "keystore.password", PASSWORD)
        .withArgument(bundle + "truststore.location", folder.resolve("trust.p12"))
        .withArgument(bundle + "truststore.password", PASSWORD);
  }

  @Test
  void clusterWhenABundleIsGivenToItWorksOverMutualTlsAndKeepsItsPasswords() throws Exception {
    try (var cluster = setup().start()) {
      var view = cluster.awaitSettled(1, "profanity-filter");

      assertThat(cluster.post("/entries", "{\"author\":\"Ann\",\"message\":\"heck\"}").body())
          .as("front calls instance")
          .contains("****");
      var instance = serving(view, "profanity-filter").getFirst();
      var endpoint = endpoint(Objects.requireNonNull(instance.address()));
      assertThat(refusal(endpoint, TransportSecurity.none())).contains("over TLS only");
      assertThat(refusal(endpoint, anonymous())).contains("the server refused the certificate");
      assertThat(Files.readString(folder.resolve("cluster/logs/" + instance.id() + ".log")))
          .contains("does not speak TLS", "the caller shows no certificate");

      for (var service : List.of("profanity-filter", "front")) {
        assertThat(commandLine(serving(view, service).getFirst().pid()))
            .contains("--myelin.instance-id")
            .doesNotContain(PASSWORD);
      }
    }
  }

  private static String refusal(Endpoint endpoint, TransportSecurity security) {
    var hello = new Frame.Hello(Frame.Hello.VERSION, new InstanceId("x"), "b", 4096, List.of());
    try (var transport = new NettyTransport(TransportSettings.defaults(), security)) {
      return String.valueOf(
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(() ->
                  transport.connect(
                      endpoint, hello, new Silent(), Transport.Patience.of(Duration.ofSeconds(10))))
              .actual()
              .getMessage());
    }
  }

  private static TransportSecurity anonymous() {
    return TransportSecurity.tls(
        TestIdentity.anonymous(AUTHORITY), ClientAuthentication.NONE, false);
  }

  private static Endpoint endpoint(String address) {
    int colon = address.lastIndexOf(':');
    return new Endpoint(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  private static String commandLine(long pid) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
  }

  private static final class Silent implements FrameListener {

    @Override
    public void received(Connection connection, Frame frame) {}

    @Override
    public void closed(Connection connection, String reason) {}
  }
}
