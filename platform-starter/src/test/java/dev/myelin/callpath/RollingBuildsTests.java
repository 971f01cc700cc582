package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.RemoteCallException;
import dev.myelin.Status;
import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.InvalidServiceException;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.codec.BinaryCodec;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Caller and instance built from different sources, each in a class loader of its own, over a
/// connection on loopback.
class RollingBuildsTests {

  private static final int MAX_FRAME = 1 << 20;
  private static final String PRICES =
      """
      package variant;
      import dev.myelin.Microservice;
      import dev.myelin.ParameterDefault;
      import java.util.List;
      @Microservice(name = "prices", timeout = "5s")
      public interface Prices {
        %s
        class Bean implements Prices {
          %s
        }
      }
      """;
  private static final String OLD =
      PRICES.formatted(
          "String price(String item);", "public String price(String item) { return item; }");
  private static final String NEW =
      PRICES.formatted(
          "String price(String item, @ParameterDefault(\"EUR\") String currency,"
              + " @ParameterDefault(\"2\") int digits);",
          "public String price(String item, String currency, int digits)"
              + " { return item + currency + digits; }");

  private final Sweeper sweeper = new Sweeper();
  private final NettyTransport transport =
      new NettyTransport(new TransportSettings(MAX_FRAME, 64L << 20, 1, Duration.ofSeconds(30)));

  @AfterEach
  void close() {
    transport.close();
    sweeper.close();
  }

  @Test
  void parameterAddedWithADefaultIsItForOlderCallers() throws Exception {
    assertThat(call(OLD, NEW, "price", "pen")).isEqualTo("penEUR2");
  }

  @Test
  void parameterAddedIsPassedBetweenProcessesOfTheNewBuild() throws Exception {
    assertThat(call(NEW, NEW, "price", "pen", "USD", 3)).isEqualTo("penUSD3");
  }

  @Test
  void parameterUnknownToAnOlderInstanceIsLeftOutWhereItIsTheDefault() throws Exception {
    assertThat(call(NEW, OLD, "price", "pen", "EUR", 2)).isEqualTo("pen");
  }

  @Test
  void parameterUnknownToAnOlderInstanceIsRefusedWhereItIsNotTheDefault() {
    refused(Status.INVALID_ARGUMENT, NEW, OLD, "price", "pen", "USD", 2)
        .withMessageContaining("'price(java.lang.String)' but not yet")
        .withMessageContaining("caller of build caller-build, instance of build instance-build")
        .withMessageContaining("argument 'USD' is not the default of its parameter 'currency'");
  }

  @Test
  void parameterAddedWithoutADefaultIsRefusedByName() {
    var without =
        PRICES.formatted(
            "String price(String item, String currency);",
            "public String price(String item, String currency) { return item + currency; }");

    refused(Status.INCOMPATIBLE, OLD, without, "price", "pen")
        .withMessageContaining("caller of build caller-build, instance of build instance-build")
        .withMessageContaining("the parameters here are [item], there [item, currency]");
    refused(Status.INCOMPATIBLE, without, OLD, "price", "pen", "EUR")
        .withMessageContaining("the parameters here are [item, currency], there [item]");
  }

  @Test
  void parameterOfAnotherNameIsRefused() {
    var renamed =
        PRICES.formatted(
            "String price(String article);",
            "public String price(String article) { return article; }");

    refused(Status.INCOMPATIBLE, OLD, renamed, "price", "pen")
        .withMessageContaining("the parameters here are [item], there [article]");
  }

  @Test
  void operationThatIsGoneIsRefusedWithWhatThereIs() {
    var gone =
        PRICES.formatted(
            "String quote(String item);", "public String quote(String item) { return item; }");

    refused(Status.NOT_FOUND, OLD, gone, "price", "pen")
        .withMessageContaining("no operation 'price(java.lang.String)'")
        .withMessageContaining("caller of build caller-build, instance of build instance-build")
        .withMessageContaining("[quote(java.lang.String)]");
  }

  @Test
  void fieldAddedOrRemovedIsPassedOverOrEmpty() throws Exception {
    var one = "record Line(String item) {} Line line();";
    var two = "record Line(String item, List<String> notes, int count) {} Line line();";
    var first = PRICES.formatted(one, "public Line line() { return new Line(\"pen\"); }");
    var second =
        PRICES.formatted(
            two, "public Line line() { return new Line(\"pen\", List.of(\"blue\"), 2); }");

    assertThat(call(first, second, "line")).hasToString("Line[item=pen]");
    assertThat(call(second, first, "line")).hasToString("Line[item=pen, notes=[], count=0]");
    assertThat(call(second, second, "line")).hasToString("Line[item=pen, notes=[blue], count=2]");
  }

  @Test
  void fieldOfAnotherTypeIsRefusedByItsPath() {
    var text =
        PRICES.formatted(
            "record Line(String count) {} Line line();",
            "public Line line() { return new Line(\"2\"); }");
    var number =
        PRICES.formatted(
            "record Line(int count) {} Line line();", "public Line line() { return new Line(2); }");

    refused(Status.INCOMPATIBLE, text, number, "line")
        .withMessageContaining("caller of build caller-build, instance of build instance-build")
        .withMessageContaining("'Line.count'");
  }

  @Test
  void exceptionOfAClassUnknownToTheCallerIsNamed() {
    var throwing =
        PRICES.formatted(
            "class Sold extends Exception { Sold() { super(\"no pen\"); } }"
                + " String price(String item) throws Sold;",
            "public String price(String item) throws Sold { throw new Sold(); }");

    assertThatExceptionOfType(RemoteCallException.class)
        .isThrownBy(() -> call(OLD, throwing, "price", "pen"))
        .satisfies(e -> assertThat(e.remoteType()).isEqualTo("variant.Prices$Sold"));
    assertThatThrownBy(() -> call(throwing, throwing, "price", "pen"))
        .hasToString("variant.Prices$Sold: no pen");
  }

  @Test
  void defaultThatIsNoValueOrNotLastStopsTheStart() {
    var noNumber = "void price(@ParameterDefault(\"two\") int digits);";
    var notLast = "void price(@ParameterDefault(\"2\") int digits, String item);";

    for (var declared : List.of(noNumber, notLast, "void price(@ParameterDefault int digits);")) {
      var source =
          PRICES
              .replace("class Bean implements Prices", "interface Unused")
              .formatted(declared, "");
      var type = Compiled.of("Prices", source);
      assertThatExceptionOfType(InvalidServiceException.class)
          .isThrownBy(() -> ServiceContracts.of(type.loadClass("variant.Prices")))
          .withMessageContaining("Parameter 'digits' of operation 'price'");
    }
  }

  private org.assertj.core.api.ThrowableAssertAlternative<CallException> refused(
      Status status, String caller, String instance, String operation, Object... arguments) {
    return assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> call(caller, instance, operation, arguments))
        .satisfies(e -> {
          assertThat(e.status()).isEqualTo(status);
          assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN);
        });
  }

  /// Has a caller of one build call an instance of another.
  private Object call(String caller, String instance, String operation, Object... arguments)
      throws Exception {
    var resolver = new OneInstance(serve(Compiled.of("Prices", instance)));
    var codec = new BinaryCodec();
    var clients =
        new NetworkClients(
            new NetworkClients.Wiring(
                transport, () -> hello("caller", List.of()), sweeper, CallSurroundings.PLAIN),
            new ProxyStandInFactory(),
            () -> resolver,
            new CallFormats(codec, codec.throwables(), MAX_FRAME),
            ClientSettings.defaults(),
            new CallCounters());
    var type = Compiled.of("Prices", caller).loadClass("variant.Prices");
    var standIn = clients.standIn(ServiceContracts.of(type));
    var method =
        Arrays.stream(type.getMethods())
            .filter(each -> each.getName().equals(operation))
            .findFirst()
            .orElseThrow();
    try {
      return Objects.requireNonNull(method.invoke(standIn, (@Nullable Object[]) arguments));
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private Member serve(Compiled build) throws Exception {
    var constructor = build.loadClass("variant.Prices$Bean").getDeclaredConstructor();
    constructor.setAccessible(true);
    var bean = constructor.newInstance();
    var contract = ServiceContracts.of(build.loadClass("variant.Prices"));
    var codec = new BinaryCodec();
    var server =
        new CallServer(
            new HostedServices(List.of(new HostedServices.Hosted(contract, () -> bean))),
            new CallServer.Encoding(codec, codec.throwables(), MAX_FRAME, CallSurroundings.PLAIN),
            JsonMapper.builder().build(),
            sweeper);
    var endpoint =
        transport.listen(
            new Endpoint("127.0.0.1", 0), () -> hello("instance", server.hosted()), server);
    return new Member(
        new Instance(
            new InstanceId("prices-1"),
            List.of("prices"),
            endpoint,
            null,
            new Instance.ProcessIdentity(Role.INSTANCE, 1, "b", Instant.EPOCH)),
        InstanceState.SERVING);
  }

  private static Frame.Hello hello(String id, List<Frame.HostedService> hosted) {
    return new Frame.Hello(
        Frame.Hello.VERSION, new InstanceId(id), id + "-build", MAX_FRAME, hosted);
  }

  /// Knows one instance, for good.
  private record OneInstance(Member member) implements Resolver {

    @Override
    public Snapshot snapshot(String service) {
      return new Snapshot(1, List.of(member));
    }

    @Override
    public Snapshot awaitChange(String service, Snapshot known, Duration limit)
        throws InterruptedException {
      var deadline = Deadline.after(limit);
      synchronized (this) {
        while (!deadline.expired()) {
          wait(Math.max(1, deadline.remaining().toMillis()));
        }
      }
      return known;
    }

    @Override
    public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
      return () -> {};
    }
  }
}
