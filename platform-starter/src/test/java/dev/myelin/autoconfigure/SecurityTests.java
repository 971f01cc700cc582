package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// What secures calls, from properties to connections.
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
final class SecurityTests {

  private static final TestAuthority AUTHORITY = new TestAuthority("cluster");
  private static final String PEM = "spring.ssl.bundle.pem.calls.";
  private static final String JKS = "spring.ssl.bundle.jks.calls.";

  @TempDir private Path folder;

  private final ApplicationContextRunner runner =
      Contexts.front()
          .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
          .withPropertyValues("myelin.ssl.bundle=calls");

  @BeforeEach
  void write() throws IOException {
    var process = AUTHORITY.issue("process");
    process.writePem(folder, AUTHORITY);
    process.writeStores(folder, "geheim", AUTHORITY);
  }

  private ApplicationContextRunner pem(ApplicationContextRunner runner) {
    return runner.withPropertyValues(
        PEM + "keystore.certificate=" + folder.resolve("certificate.pem"),
        PEM + "keystore.private-key=" + folder.resolve("key.pem"),
        PEM + "truststore.certificate=" + folder.resolve("ca.pem"));
  }

  private static FailureAnalysis failure(ApplicationContextRunner runner) {
    return StartupFailureTests.analysis(runner);
  }

  private static TransportSecurity mutual(TestAuthority authority) {
    return TransportSecurity.tls(
        authority.issue("client").trusting(authority), ClientAuthentication.NEED, false);
  }

  /// Serves with one security and connects with another.
  private static void connect(TransportSecurity server, TransportSecurity client)
      throws IOException, InterruptedException {
    try (var serving = new NettyTransport(TransportSettings.defaults(), server);
        var calling = new NettyTransport(TransportSettings.defaults(), client)) {
      var silent = new Silent();
      var hello = new Frame.Hello(Frame.Hello.VERSION, new InstanceId("x"), "b", 4096, List.of());
      var endpoint = serving.listen(new Endpoint("127.0.0.1", 0), () -> hello, silent);
      calling.connect(endpoint, hello, silent, Transport.Patience.of(Duration.ofSeconds(10)));
    }
  }

  private static final class Silent implements FrameListener {

    @Override
    public void received(Connection connection, Frame frame) {}

    @Override
    public void closed(Connection connection, String reason) {}
  }

  @Test
  void callsWhenABundleOfPemFilesIsNamedAreMutuallyAuthenticated() {
    pem(runner)
        .run(context -> {
          var security = context.getBean(TransportSecurity.class);

          connect(security, security);
          connect(security, mutual(AUTHORITY));
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(() -> connect(security, TransportSecurity.none()));
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(() -> connect(security, mutual(new TestAuthority("strangers"))));
        });
  }

  @Test
  void callsWhenABundleOfStoresIsNamedAreMutuallyAuthenticated() {
    runner
        .withPropertyValues(
            JKS + "keystore.location=" + folder.resolve("keys.p12"),
            JKS + "keystore.password=geheim",
            JKS + "truststore.location=" + folder.resolve("trust.p12"),
            JKS + "truststore.password=geheim",
            JKS + "key.alias=own",
            JKS + "options.enabled-protocols=TLSv1.3")
        .run(context -> connect(context.getBean(TransportSecurity.class), mutual(AUTHORITY)));
  }

  @Test
  void callsWhenNoClientAuthenticationIsDemandedAreTakenWithoutCertificate() {
    pem(runner)
        .withPropertyValues("myelin.ssl.client-auth=none")
        .run(context -> {
          var anonymous =
              TransportSecurity.tls(
                  TestIdentity.anonymous(AUTHORITY), ClientAuthentication.NONE, false);

          assertThatNoException()
              .isThrownBy(() -> connect(context.getBean(TransportSecurity.class), anonymous));
        });
  }

  @Test
  void callsWhenSwitchedOffOrNotMentionedAreNotSecured() {
    for (var properties :
        List.of(runner.withPropertyValues("myelin.ssl.enabled=false"), Contexts.front())) {
      properties.run(
          context -> connect(context.getBean(TransportSecurity.class), TransportSecurity.none()));
    }
  }

  @Test
  void securityWhenTheApplicationHasABeanOfItIsThat() {
    var own = TransportSecurity.none();

    runner
        .withBean(TransportSecurity.class, () -> own)
        .run(context -> assertThat(context.getBean(TransportSecurity.class)).isSameAs(own));
  }

  @Test
  void bundleWhenItsFilesChangeCountsForNewConnections(CapturedOutput output) {
    pem(runner)
        .withPropertyValues(
            PEM + "reload-on-update=true", "spring.ssl.bundle.watch.file.quiet-period=10ms")
        .run(context -> {
          var security = context.getBean(TransportSecurity.class);
          connect(security, mutual(AUTHORITY));
          var next = new TestAuthority("next");

          next.issue("process").writePem(folder, next);

          await(output, "renewed material");
          awaitConnection(security, mutual(next));
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(() -> connect(security, mutual(AUTHORITY)));
        });
  }

  // the files change one after the other, and between two of them the bundle may be renewed, too
  private static void awaitConnection(TransportSecurity server, TransportSecurity client)
      throws InterruptedException {
    var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!connects(server, client)) {
      assertThat(System.nanoTime()).as("connected in time").isLessThan(end);
      Thread.sleep(10);
    }
  }

  private static boolean connects(TransportSecurity server, TransportSecurity client)
      throws InterruptedException {
    try {
      connect(server, client);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void bundleWhenItsUpdateCannotBeUsedStaysAsItWas(CapturedOutput output) {
    pem(runner)
        .withPropertyValues(
            PEM + "reload-on-update=true", "spring.ssl.bundle.watch.file.quiet-period=10ms")
        .run(context -> {
          var other = new TestAuthority("other").issue("other");

          // a key that is not the certificate's
          other.writeKey(folder);

          await(output, "cannot be used");
          connect(context.getBean(TransportSecurity.class), mutual(AUTHORITY));
        });
  }

  private static void await(CapturedOutput output, String line) throws InterruptedException {
    var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!output.getAll().contains(line)) {
      assertThat(System.nanoTime()).as("logged in time: " + line).isLessThan(end);
      Thread.sleep(10);
    }
  }

  @Test
  void bundleWhenThereIsNoneOfItsNameIsNamedWithThoseThereAre() {
    var none = failure(runner);
    var another = failure(pem(runner).withPropertyValues("myelin.ssl.bundle=cals"));
    var noBundles = failure(Contexts.front().withPropertyValues("myelin.ssl.bundle=calls"));

    assertThat(none.getDescription()).contains("'myelin.ssl.bundle'", "'calls'", "none of that");
    assertThat(action(none))
        .contains("'spring.ssl.bundle.pem.calls.*'")
        .doesNotContain("there is:");
    assertThat(another.getDescription()).contains("'cals'");
    assertThat(action(another)).contains("name one that there is: calls");
    assertThat(noBundles.getDescription()).contains("'calls'");
  }

  @Test
  void bundleWhenMissingAlthoughSecurityIsDemandedIsAskedFor() {
    var failure = failure(Contexts.front().withPropertyValues("myelin.ssl.enabled=true"));

    assertThat(failure.getDescription()).contains("'myelin.ssl.enabled' is true");
    assertThat(action(failure)).contains("'myelin.ssl.bundle'");
  }

  @Test
  void bundleWithoutKeyIsRefused() {
    var failure =
        failure(
            runner.withPropertyValues(PEM + "truststore.certificate=" + folder.resolve("ca.pem")));

    assertThat(failure.getDescription()).contains("'calls'", "has no key");
    assertThat(action(failure)).contains("'spring.ssl.bundle.pem.calls.keystore.certificate'");
  }

  @Test
  void bundleWhenItsKeyIsNotThatOfItsCertificateIsRefused() throws Exception {
    new TestAuthority("other").issue("other").writeKey(folder);

    var failure = failure(pem(runner));

    assertThat(failure.getDescription()).contains("'calls'", "not the one of its certificate");
    assertThat(action(failure)).contains("made together");
  }

  @Test
  void bundleThatTrustsPublicAuthoritiesIsRefused() {
    var failure =
        failure(
            runner.withPropertyValues(
                PEM + "keystore.certificate=" + folder.resolve("certificate.pem"),
                PEM + "keystore.private-key=" + folder.resolve("key.pem")));

    assertThat(failure.getDescription()).contains("'calls'", "no trust store of its own");
    assertThat(action(failure)).contains("'spring.ssl.bundle.pem.calls.truststore.certificate'");
  }

  @Test
  void bundleWhenItCannotBeReadSaysWhy() {
    var password =
        failure(
            runner.withPropertyValues(
                JKS + "keystore.location=" + folder.resolve("keys.p12"),
                JKS + "keystore.password=wrong"));
    var file = failure(pem(runner).withPropertyValues(PEM + "keystore.certificate=/absent.pem"));

    assertThat(password.getDescription()).contains("'calls'", "password was incorrect");
    assertThat(action(password)).contains("passwords");
    assertThat(file.getDescription()).contains("'calls'", "/absent.pem");
  }

  @Test
  void clientAuthenticationWhenUnknownIsNamed() {
    var failure = failure(pem(runner).withPropertyValues("myelin.ssl.client-auth=maybe"));

    assertThat(failure.getDescription()).contains("myelin.ssl.client-auth", "maybe");
    assertThat(action(failure)).contains("NEED");
  }

  private static String action(FailureAnalysis analysis) {
    return Objects.requireNonNull(analysis.getAction());
  }
}
