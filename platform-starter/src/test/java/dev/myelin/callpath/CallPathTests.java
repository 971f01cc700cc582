package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.RemoteCallException;
import dev.myelin.Status;
import dev.myelin.Strategy;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.JsonCalls.JsonCall;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.LibraryFrames;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.ThrowableCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Calls over real connections on loopback, client and servers in this JVM.
class CallPathTests {

  private static final int MAX_FRAME = 4 << 20;

  private final Sweeper sweeper = new Sweeper();
  private final NettyTransport transport =
      new NettyTransport(
          new TransportSettings(MAX_FRAME, 64L << 20, 1, Duration.ofSeconds(30)), security());
  private final FakeResolver resolver = new FakeResolver();
  private final CallCounters counters = new CallCounters();
  private final BinaryCodec codec = new BinaryCodec();
  private final ThrowableCodec throwables =
      new ThrowableCodec(codec, frame -> !LibraryFrames.contains(frame));
  private final NetworkClients clients =
      new NetworkClients(
          new NetworkClients.Wiring(
              transport, () -> hello("caller", List.of()), sweeper, CallSurroundings.PLAIN),
          new ProxyStandInFactory(),
          () -> resolver,
          new CallFormats(codec, throwables, MAX_FRAME),
          new ClientSettings(3, 1, Duration.ofSeconds(10), BalanceSettings.defaults()),
          counters);
  private final List<CallServer> servers = new ArrayList<>();

  TransportSecurity security() {
    return TransportSecurity.none();
  }

  @AfterEach
  void close() {
    transport.close();
    sweeper.close();
  }

  record Order(String id, List<String> lines) {}

  static final class OutOfStock extends Exception {
    private final int left;

    OutOfStock(int left) {
      super("only " + left + " left");
      this.left = left;
    }

    int left() {
      return left;
    }
  }

  /// What the tests call.
  @Microservice(name = "shop", concurrency = 2, timeout = "20s")
  public interface Shop {
    String greet(@Nullable String name);

    int size(Order order);

    int size(List<Order> orders);

    void take(int count) throws OutOfStock;

    CompletableFuture<String> later(String text);

    @Operation(timeout = "5s")
    Flow.Publisher<Integer> countTo(int last);

    @Operation(timeout = "2s")
    void hang() throws InterruptedException;

    void block() throws InterruptedException;

    @Operation(idempotent = true)
    String where();

    int descend(int levels);
  }

  private class ShopBean implements Shop {
    final String place;
    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);
    final CountDownLatch entered = new CountDownLatch(2);

    ShopBean(String place) {
      this.place = place;
    }

    @Override
    public String greet(@Nullable String name) {
      return "hello " + name;
    }

    @Override
    public int size(Order order) {
      return order.lines().size();
    }

    @Override
    public int size(List<Order> orders) {
      return 100 + orders.size();
    }

    @Override
    public void take(int count) throws OutOfStock {
      if (count > 3) {
        throw new OutOfStock(3);
      }
    }

    @Override
    public CompletableFuture<String> later(String text) {
      return CompletableFuture.supplyAsync(() -> {
        if (text.isEmpty()) {
          throw new IllegalArgumentException("nothing to say");
        }
        return text + "!";
      });
    }

    @Override
    public Flow.Publisher<Integer> countTo(int last) {
      return subscriber -> {
        var publisher = new SubmissionPublisher<Integer>(Runnable::run, Flow.defaultBufferSize());
        publisher.subscribe(subscriber);
        Thread.startVirtualThread(() -> {
          for (int i = 1; i <= last; i++) {
            publisher.submit(i);
          }
          publisher.close();
        });
      };
    }

    @Override
    public void hang() throws InterruptedException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }

    @Override
    public void block() throws InterruptedException {
      entered.countDown();
      gate.await();
    }

    @Override
    public String where() {
      calls.incrementAndGet();
      return place;
    }

    @Override
    public int descend(int levels) {
      return levels == 0 ? 0 : 1 + shop().descend(levels - 1);
    }
  }

  @Test
  void resultComesBackAndNullIsNull() throws Exception {
    serve(new ShopBean("a"));

    assertThat(shop().greet("Ada")).isEqualTo("hello Ada");
    assertThat(shop().greet(null)).isEqualTo("hello null");
  }

  @Test
  void overloadsAreToldApartByParameterTypes() throws Exception {
    serve(new ShopBean("a"));
    var order = new Order("1", List.of("x", "y"));

    assertThat(shop().size(order)).isEqualTo(2);
    assertThat(shop().size(List.of(order, order))).isEqualTo(102);
  }

  @Test
  void exceptionOfTheOperationArrivesAsItselfWithBothStacks() throws Exception {
    serve(new ShopBean("a"));

    var thrown = catchThrowable(() -> shop().take(5));

    assertThat(thrown).isExactlyInstanceOf(OutOfStock.class).hasMessage("only 3 left");
    assertThat(((OutOfStock) thrown).left()).isEqualTo(3);
    var methods =
        java.util.Arrays.stream(thrown.getStackTrace()).map(f -> f.getMethodName()).toList();
    assertThat(methods.getFirst()).isEqualTo("take");
    assertThat(counters.totals().failed()).isZero();
  }

  @Test
  void futureCompletesWithTheResultOrTheException() throws Exception {
    serve(new ShopBean("a"));

    assertThat(shop().later("soon").get(10, TimeUnit.SECONDS)).isEqualTo("soon!");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> shop().later("").get(10, TimeUnit.SECONDS))
        .withCauseExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void streamDeliversEveryItemInOrderAtThePaceOfItsSubscriber() throws Exception {
    serve(new ShopBean("a"));
    var subscriber = new OneByOne();

    shop().countTo(1_000).subscribe(subscriber);

    assertThat(subscriber.done.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(subscriber.items).hasSize(1_000).isSorted().startsWith(1).endsWith(1_000);
  }

  @Test
  void streamWhenServiceIsUnreachableFails() {
    resolver.publish(List.of(member("gone", new Endpoint("127.0.0.1", 1), InstanceState.SERVING)));
    var subscriber = new OneByOne();

    shop().countTo(3).subscribe(subscriber);

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> subscriber.done.get(20, TimeUnit.SECONDS))
        .withCauseInstanceOf(CallException.class);
  }

  @Test
  void deadlineEndsTheCallAndTheWorkBehindIt() throws Exception {
    var bean = new ShopBean("a");
    serve(bean);
    // what it takes to connect is not of the time that the call has
    assertThat(shop().where()).isEqualTo("a");

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> shop().hang())
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.DEADLINE_EXCEEDED))
        .satisfies(e -> assertThat(e.execution()).isEqualTo(Execution.MAY_HAVE_RUN));
    assertThat(bean.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void deadlineOfTheServedCallBoundsTheCallsItMakes() throws Exception {
    serve(new ShopBean("a"));

    var thrown =
        catchThrowable(() ->
            Deadline.after(Duration.ofMillis(50))
                .during(() -> {
                  shop().block();
                  return "";
                }));

    assertThat(thrown).isInstanceOf(CallException.class);
    assertThat(((CallException) thrown).status()).isEqualTo(Status.DEADLINE_EXCEEDED);
  }

  @Test
  void deadlineWhenItPassesBeforeAConnectionIsMadeIsNotTheInstancesFailure() throws Exception {
    try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var endpoint = new Endpoint("127.0.0.1", mute.getLocalPort());
      resolver.publish(List.of(member("mute", endpoint, InstanceState.SERVING)));

      var thrown =
          catchThrowable(
              () -> Deadline.after(Duration.ofMillis(100)).during(() -> shop().greet("x")));

      assertThat(thrown)
          .isInstanceOfSatisfying(
              CallException.class,
              e -> {
                assertThat(e.status()).isEqualTo(Status.DEADLINE_EXCEEDED);
                assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN);
              })
          .hasMessageContaining(endpoint.toString());
    }
  }

  @Test
  void interruptOfTheCallerCancelsTheCall() throws Exception {
    var bean = new ShopBean("a");
    serve(bean);
    var outcome = new CompletableFuture<Throwable>();
    var caller =
        Thread.startVirtualThread(() -> outcome.complete(catchThrowable(() -> shop().block())));
    bean.entered.countDown();
    assertThat(bean.entered.await(10, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();

    assertThat(outcome.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.status()).isEqualTo(Status.CANCELLED));
  }

  @Test
  void callsBeyondTheConcurrencyWaitForAPermit() throws Exception {
    var bean = new ShopBean("a");
    var server = serve(bean);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<java.util.concurrent.Future<?>>();
      for (int i = 0; i < 4; i++) {
        calls.add(
            threads.submit(() -> {
              shop().block();
              return "";
            }));
      }
      assertThat(bean.entered.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(server.loads().getFirst().concurrency()).isEqualTo(2);
      bean.gate.countDown();

      for (var call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("");
      }
    }
    // the answer is out before its call gives back its place
    await().untilAsserted(() -> assertThat(server.inFlight()).isZero());
  }

  @Test
  void callsBeyondTheQueueAreShedAsNotRun() throws Exception {
    var bean = new ShopBean("a");
    serve(bean);
    var refused = new LinkedBlockingQueue<Throwable>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 400; i++) {
        var _ =
            threads.submit(() -> {
              var thrown = catchThrowable(() -> shop().block());
              if (thrown != null) {
                refused.add(thrown);
              }
            });
      }
      var first = refused.poll(60, TimeUnit.SECONDS);
      bean.gate.countDown();

      assertThat(first)
          .isInstanceOfSatisfying(
              CallException.class,
              e -> {
                assertThat(e.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
                assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN);
              });
    }
  }

  @Test
  void roundRobinReachesEveryInstance() throws Exception {
    var first = new ShopBean("a");
    var second = new ShopBean("b");
    serve(first);
    serve(second);

    var shop = shop();
    for (int i = 0; i < 10; i++) {
      assertThat(shop.where()).isIn("a", "b");
    }

    assertThat(first.calls.get()).isEqualTo(5);
    assertThat(second.calls.get()).isEqualTo(5);
  }

  @Test
  void callsWhileAnInstanceDrainsGoElsewhereAndNoneIsLost() throws Exception {
    var first = new ShopBean("a");
    var second = new ShopBean("b");
    var draining = serve(first);
    serve(second);
    assertThat(shop().where()).isIn("a", "b");

    assertThat(draining.drain(Duration.ofSeconds(5))).isTrue();
    int before = first.calls.get();
    for (int i = 0; i < 50; i++) {
      assertThat(shop().where()).isEqualTo("b");
    }

    assertThat(first.calls.get()).isEqualTo(before);
    assertThat(counters.totals().failed()).isZero();
  }

  @Test
  void drainWaitsForCallsInFlight() throws Exception {
    var bean = new ShopBean("a");
    var server = serve(bean);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var call =
          threads.submit(() -> {
            shop().block();
            return "finished";
          });
      bean.entered.countDown();
      assertThat(bean.entered.await(10, TimeUnit.SECONDS)).isTrue();
      var drained = threads.submit(() -> server.drain(Duration.ofSeconds(20)));

      bean.gate.countDown();

      assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("finished");
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void instanceThatCannotBeReachedIsSkipped() throws Exception {
    var bean = new ShopBean("b");
    serve(bean);
    var members = new ArrayList<>(resolver.snapshot("shop").members());
    members.addFirst(member("dead", new Endpoint("127.0.0.1", 1), InstanceState.SERVING));
    resolver.publish(members);

    for (int i = 0; i < 20; i++) {
      assertThat(shop().where()).isEqualTo("b");
    }

    assertThat(counters.totals().failed()).isZero();
    assertThat(counters.totals().retried()).isPositive();
  }

  @Test
  void callWhenNobodyServesWaitsForAnInstance() throws Exception {
    var outcome = new CompletableFuture<String>();
    Thread.startVirtualThread(() -> outcome.complete(shop().where()));

    serve(new ShopBean("late"));

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("late");
  }

  @Test
  void callWhenNobodyEverServesSaysSo() {
    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() ->
            Deadline.after(Duration.ofMillis(300))
                .during(() -> {
                  shop().hang();
                  return "";
                }))
        .withMessageContaining("No instance of service 'shop'")
        .satisfies(e -> assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN));
  }

  @Test
  void quarantinedInstanceIsLeftOutWhileOthersServe() throws Exception {
    serve(new ShopBean("a"));
    serve(new ShopBean("b"));
    serve(new ShopBean("c"));
    var members = new ArrayList<>(resolver.snapshot("shop").members());
    members.set(0, members.getFirst().withState(InstanceState.QUARANTINED));
    resolver.publish(members);

    for (int i = 0; i < 12; i++) {
      assertThat(shop().where()).isIn("b", "c");
    }
  }

  @Test
  void serviceThatCallsItselfAThousandLevelsDeepCompletes() throws Exception {
    serve(new ShopBean("a"), 1024);
    serve(new ShopBean("b"), 1024);

    assertThat(shop().descend(1_000)).isEqualTo(1_000);
  }

  @Test
  void argumentLongerThanAFrameIsRefusedWithTheRemedy() throws Exception {
    serve(new ShopBean("a"));

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> shop().greet("x".repeat(MAX_FRAME + 1)))
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARGUMENT))
        .withMessageContaining("myelin.wire.max-frame-size");
  }

  @Test
  void megabyteArgumentArrivesWhole() throws Exception {
    serve(new ShopBean("a"));
    var large = "m".repeat(1 << 20);

    assertThat(shop().greet(large)).isEqualTo("hello " + large);
  }

  @Test
  void jsonCallBindsArgumentsByNameOrPosition() throws Exception {
    serve(new ShopBean("a"));

    assertThat(json("greet(java.lang.String)", "{\"name\":\"Ada\"}")).isEqualTo("\"hello Ada\"");
    assertThat(json("greet(java.lang.String)", "[\"Bob\"]")).isEqualTo("\"hello Bob\"");
    assertThat(
            json(
                "size(" + Order.class.getName() + ")",
                "{\"order\":{\"id\":\"1\",\"lines\":[\"x\"]}}"))
        .isEqualTo("1");
  }

  @Test
  void jsonCallWhenArgumentsDoNotFitNamesTheParameter() throws Exception {
    serve(new ShopBean("a"));

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> json("take(int)", "{\"amount\":1}"))
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARGUMENT))
        .withMessageContaining("count");
  }

  @Test
  void jsonCallWhenOperationThrowsNamesItsClass() throws Exception {
    serve(new ShopBean("a"));

    assertThatExceptionOfType(RemoteCallException.class)
        .isThrownBy(() -> json("take(int)", "[9]"))
        .satisfies(e -> assertThat(e.remoteType()).isEqualTo(OutOfStock.class.getName()));
  }

  @Test
  void jsonCallsOfOneKeyReachOneInstanceWhereTheServiceIsSticky() throws Exception {
    serve(new ShopBean("a"));
    serve(new ShopBean("b"));
    clients.use("shop", Strategy.STICKY);
    var rules = new Rules(false, Duration.ofSeconds(10));

    var places = new HashSet<String>();
    for (int i = 0; i < 30; i++) {
      var call = new JsonCall("shop", "where()", "[]", rules, "object-" + i);
      var place = clients.call(call);
      assertThat(clients.call(call)).isEqualTo(place);
      assertThat(clients.call(call)).isEqualTo(place);
      places.add(place);
    }

    assertThat(places).hasSize(2);
  }

  private String json(String operation, String arguments) {
    return clients.call(
        new JsonCall("shop", operation, arguments, new Rules(false, Duration.ofSeconds(10))));
  }

  private Shop shop() {
    return (Shop) clients.standIn(ServiceContracts.of(Shop.class));
  }

  private CallServer serve(ShopBean bean) throws IOException {
    return serve(bean, 2);
  }

  private CallServer serve(ShopBean bean, int concurrency) throws IOException {
    var contract = ServiceContracts.of(Shop.class);
    var scaling = contract.attributes().scaling();
    var attributes = contract.attributes();
    var widened =
        new dev.myelin.contract.ServiceContract(
            contract.name(),
            contract.type(),
            new dev.myelin.wire.ApplicationDescription.Attributes(
                attributes.external(),
                attributes.stateful(),
                attributes.mode(),
                new dev.myelin.wire.ApplicationDescription.Scaling(
                    scaling.minInstances(),
                    scaling.maxInstances(),
                    scaling.highWatermark(),
                    scaling.lowWatermark(),
                    concurrency),
                attributes.placement()),
            contract.operations());
    var server =
        new CallServer(
            new HostedServices(List.of(new HostedServices.Hosted(widened, () -> bean))),
            new CallServer.Encoding(codec, throwables, MAX_FRAME, CallSurroundings.PLAIN),
            JsonMapper.builder().build(),
            sweeper);
    var id = "shop-" + servers.size();
    var endpoint =
        transport.listen(new Endpoint("127.0.0.1", 0), () -> hello(id, server.hosted()), server);
    servers.add(server);
    var members = new ArrayList<>(resolver.snapshot("shop").members());
    members.add(member(id, endpoint, InstanceState.SERVING));
    resolver.publish(members);
    return server;
  }

  private static Member member(String id, Endpoint endpoint, InstanceState state) {
    var process = new Instance.ProcessIdentity(Role.INSTANCE, 1, "b", Instant.EPOCH);
    return new Member(
        new Instance(new InstanceId(id), List.of("shop"), endpoint, null, process), state);
  }

  private static Frame.Hello hello(String id, List<Frame.HostedService> hosted) {
    return new Frame.Hello(Frame.Hello.VERSION, new InstanceId(id), "b", MAX_FRAME, hosted);
  }

  private static final class OneByOne implements Flow.Subscriber<Integer> {
    final List<Integer> items = new CopyOnWriteArrayList<>();
    final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription opened) {
      subscription = opened;
      opened.request(1);
    }

    @Override
    public void onNext(Integer item) {
      items.add(item);
      if (subscription != null) {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      done.complete(true);
    }
  }

  private static final class FakeResolver implements Resolver {
    private Snapshot snapshot = Snapshot.EMPTY;

    synchronized void publish(List<Member> members) {
      snapshot = new Snapshot(snapshot.version() + 1, members);
      notifyAll();
    }

    @Override
    public synchronized Snapshot snapshot(String service) {
      return snapshot;
    }

    @Override
    public synchronized Snapshot awaitChange(String service, Snapshot known, Duration limit)
        throws InterruptedException {
      var deadline = Deadline.after(limit);
      while (snapshot.equals(known) && !deadline.expired()) {
        wait(Math.max(1, deadline.remaining().toMillis()));
      }
      return snapshot;
    }

    @Override
    public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
      throw new UnsupportedOperationException("no test listens");
    }
  }
}
