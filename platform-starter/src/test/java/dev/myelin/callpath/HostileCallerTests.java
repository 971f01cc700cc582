package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.Execution;
import dev.myelin.Microservice;
import dev.myelin.Status;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.server.AdmissionSettings;
import dev.myelin.server.CallServer;
import dev.myelin.transport.RawPeer;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.ContextFields;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Callers that break the rules, and what becomes of the calls of those that do not.
class HostileCallerTests {

  private static final int MAX_FRAME = 4 << 20;
  private static final Duration CALM = Duration.ofSeconds(30);

  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();
  private final Endless endless = new Endless();
  private final Shop shop = new Bean();
  private @Nullable CallPathScene scene;

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  /// What is called.
  @Microservice(name = "shop", concurrency = 8, timeout = "20s")
  public interface Shop {
    byte[] big(int bytes);

    Broken broken();

    String greet(String name);

    void hold(byte[] ballast) throws InterruptedException;

    Flow.Publisher<Integer> numbers();
  }

  record Broken(int number) {

    @Override
    public int number() {
      throw new IllegalStateException("never asked for");
    }
  }

  private final class Bean implements Shop {

    @Override
    public byte[] big(int bytes) {
      return new byte[bytes];
    }

    @Override
    public Broken broken() {
      return new Broken(1);
    }

    @Override
    public String greet(String name) {
      return "hello " + name;
    }

    @Override
    public void hold(byte[] ballast) throws InterruptedException {
      held.incrementAndGet();
      try {
        Thread.sleep(Duration.ofMinutes(5));
      } catch (InterruptedException e) {
        interrupted.incrementAndGet();
        throw e;
      }
    }

    @Override
    public Flow.Publisher<Integer> numbers() {
      return endless;
    }
  }

  /// Takes credit for ever, and counts by how many threads at a time.
  private static final class Endless implements Flow.Publisher<Integer> {

    private final AtomicInteger requesting = new AtomicInteger();
    private final AtomicInteger mostRequesting = new AtomicInteger();
    private final java.util.concurrent.atomic.AtomicLong requested =
        new java.util.concurrent.atomic.AtomicLong();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Override
    public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long items) {
              int now = requesting.incrementAndGet();
              mostRequesting.accumulateAndGet(now, Math::max);
              java.util.concurrent.locks.LockSupport.parkNanos(1_000);
              requested.addAndGet(items);
              requesting.decrementAndGet();
            }

            @Override
            public void cancel() {
              cancelled.set(true);
            }
          });
    }
  }

  @Test
  void callWhenStartedTwiceEndsTheConnectionAndTheWorkOfTheFirst() throws Exception {
    var server = serve(CALM, AdmissionSettings.defaults());
    try (var caller = RawPeer.greeted(endpoint())) {
      caller.send(call(7, "hold", new byte[1]));
      await().until(() -> held.get() == 1);

      caller.send(call(7, "hold", new byte[1]));

      assertThat(caller.farewell().detail()).isEqualTo("call 7 was started twice");
    }
    await().until(server::forgotten);
    assertThat(interrupted).hasValue(1);
  }

  @Test
  void streamWhenItsNumberIsTakenByAnotherIsStillCancelled() throws Exception {
    var server = serve(CALM, AdmissionSettings.defaults());
    try (var caller = RawPeer.greeted(endpoint())) {
      caller.send(call(7, "numbers"), new Frame.Credit(7, 1));
      await().until(() -> endless.requested.get() == 1);

      caller.send(call(7, "numbers"));
    }
    await().until(server::forgotten);
    await().untilTrue(endless.cancelled);
  }

  @Test
  void callWhenTooManyAreOpenOnItsConnectionIsRefusedAndDidNotRun() throws Exception {
    var bounds = new AdmissionSettings.Bounds(3, 1 << 20);
    serve(CALM, new AdmissionSettings(0, CALM, false, bounds));
    try (var greedy = RawPeer.greeted(endpoint());
        var modest = RawPeer.greeted(endpoint())) {
      for (int i = 1; i <= 3; i++) {
        greedy.send(call(i, "hold", new byte[1]));
      }
      greedy.send(call(4, "greet", "x"));

      var refusal = (Frame.Failure) greedy.read();
      assertThat(refusal.id()).isEqualTo(4);
      assertThat(refusal.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
      assertThat(refusal.execution()).isEqualTo(Execution.DID_NOT_RUN);
      assertThat(refusal.detail()).contains("'myelin.wire.max-streams'");
      modest.send(call(1, "greet", "x"));
      assertThat(modest.read()).isInstanceOf(Frame.Reply.class);
    }
  }

  @Test
  void callWhenArgumentsOfAllTakeTooMuchMemoryIsRefusedUntilOthersEnd() throws Exception {
    var bounds = new AdmissionSettings.Bounds(100, 100_000);
    var server = serve(CALM, new AdmissionSettings(0, CALM, false, bounds));
    try (var one = RawPeer.greeted(endpoint());
        var other = RawPeer.greeted(endpoint())) {
      one.send(call(1, "hold", new byte[60_000]));
      await().until(() -> held.get() == 1);

      other.send(call(1, "hold", new byte[60_000]));

      var refusal = (Frame.Failure) other.read();
      assertThat(refusal.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
      assertThat(refusal.execution()).isEqualTo(Execution.DID_NOT_RUN);
      other.send(call(2, "greet", "x"));
      assertThat(other.read()).isInstanceOf(Frame.Reply.class);
    }
    await().until(server::forgotten);
    try (var next = RawPeer.greeted(endpoint())) {
      next.send(call(1, "hold", new byte[60_000]));
      await().until(() -> held.get() == 2);
    }
    await().until(server::forgotten);
  }

  @Test
  void creditWhenItFloodsIsPassedOnByOneThreadAtATime() throws Exception {
    serve(CALM, AdmissionSettings.defaults());
    try (var caller = RawPeer.greeted(endpoint())) {
      var credits = new Frame[10_000];
      java.util.Arrays.fill(credits, new Frame.Credit(1, 3));
      caller.send(call(1, "numbers"));
      for (int i = 0; i < 10; i++) {
        caller.send(credits);
      }

      await().until(() -> endless.requested.get() == 300_000);
      assertThat(endless.mostRequesting).hasValue(1);
    }
  }

  @Test
  void creditOfNothingEndsTheConnection() throws Exception {
    serve(CALM, AdmissionSettings.defaults());
    try (var caller = RawPeer.greeted(endpoint())) {
      caller.send(new Frame.Credit(1, 0));

      assertThat(caller.farewell().detail()).contains("a credit of 0 items");
    }
  }

  @Test
  void callerWhenItReadsNothingIsDisconnectedAndOthersAreServed() throws Exception {
    var server = serve(Duration.ofSeconds(1), AdmissionSettings.defaults());
    var good = Chain.standIn(scene(), Shop.class);
    try (var deaf = RawPeer.greeted(endpoint())) {
      Thread.startVirtualThread(() -> {
        try {
          for (int i = 1; ; i++) {
            deaf.send(call(i, "big", 1 << 20), new Frame.SchemaRequest(1_000_000 + i, 0));
            if (i % 100 == 0) {
              deaf.send(call(i, "missing"));
            }
          }
        } catch (IOException _) {
          // disconnected
        }
      });
      for (int i = 0; i < 300; i++) {
        assertThat(good.greet("you")).isEqualTo("hello you");
      }
      await().until(() -> server.inFlight() == 0 && server.connections() == 1);
    }
  }

  @Test
  void callerWhenItVanishesWithoutAWordIsNoticedAndItsCallsEnd() throws Exception {
    var server = serve(Duration.ofSeconds(1), AdmissionSettings.defaults());
    try (var vanished = RawPeer.greeted(endpoint())) {
      vanished.send(call(1, "hold", new byte[1]));
      await().until(() -> held.get() == 1);

      // it answers no ping, as if its cable had been cut
      await().until(() -> interrupted.get() == 1);
      await().until(server::forgotten);
    }
  }

  @Test
  void callersWhenTheyComeAndGoInTheMiddleOfCallsLeaveNothingBehind() throws Exception {
    var server = serve(CALM, new AdmissionSettings(10_000, CALM, false));
    int before = Thread.activeCount();
    for (int i = 0; i < 500; i++) {
      try (var caller = RawPeer.greeted(endpoint())) {
        caller.send(call(1, "hold", new byte[5_000]), call(2, "numbers"), call(3, "greet", "x"));
        if (i % 3 == 0) {
          caller.send(new Frame.Cancel(1), new Frame.Cancel(1), new Frame.Credit(2, 5));
        }
      }
    }

    await().until(server::forgotten);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 2);
    assertThat(Chain.standIn(scene(), Shop.class).greet("you")).isEqualTo("hello you");
  }

  @Test
  void drainWhenHostileConnectionsAreOpenEndsInTime() throws Exception {
    var server = serve(CALM, AdmissionSettings.defaults());
    try (var holding = RawPeer.greeted(endpoint());
        var mute = RawPeer.connect(endpoint())) {
      holding.send(call(1, "hold", new byte[1]));
      await().until(() -> held.get() == 1);

      assertThat(server.drain(Duration.ofMillis(100))).isFalse();
      scene().close();

      holding.awaitEnd();
      mute.awaitEnd();
      await().until(server::forgotten);
      assertThat(interrupted).hasValue(1);
    }
  }

  @Test
  void resultWhenJsonCannotWriteItIsAnErrorAndNotSilence() throws Exception {
    serve(CALM, AdmissionSettings.defaults());
    try (var caller = RawPeer.greeted(endpoint())) {
      caller.send(
          new Frame.Call(
              1,
              index("broken"),
              WireJson.CODEC,
              CALM,
              ContextFields.EMPTY,
              Payload.of("[]".getBytes(StandardCharsets.UTF_8))));

      var failure = (Frame.Failure) caller.read();
      assertThat(failure.status()).isEqualTo(Status.INTERNAL);
      assertThat(failure.detail()).contains("broken");
    }
  }

  @Test
  void jsonWhenNestedDeeplyIsRefusedAndDidNotRun() throws Exception {
    serve(CALM, AdmissionSettings.defaults());
    try (var caller = RawPeer.greeted(endpoint())) {
      var deep = "[".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
      caller.send(
          new Frame.Call(
              1, index("greet"), WireJson.CODEC, CALM, ContextFields.EMPTY, Payload.of(deep)));

      var failure = (Frame.Failure) caller.read();
      assertThat(failure.status()).isEqualTo(Status.INVALID_ARGUMENT);
      assertThat(failure.execution()).isEqualTo(Execution.DID_NOT_RUN);
    }
  }

  @Test
  void fiveThousandConnectionsThatSendOneByteASecondHarmNobody() throws Exception {
    int count = 5_000;
    serve(Duration.ofSeconds(3), AdmissionSettings.defaults());
    var good = Chain.standIn(scene(), Shop.class);
    var address = new InetSocketAddress(endpoint().host(), endpoint().port());
    var hello = RawPeer.bytes(RawPeer.hello(List.of()));
    var slow = new ArrayList<SocketChannel>();
    var answered = new AtomicInteger();
    var stop = new AtomicBoolean();
    var traffic = new CompletableFuture<Boolean>();
    Thread.startVirtualThread(() -> {
      try {
        while (!stop.get()) {
          assertThat(good.greet("you")).isEqualTo("hello you");
          answered.incrementAndGet();
        }
        traffic.complete(true);
      } catch (Throwable e) {
        traffic.completeExceptionally(e);
      }
    });
    try {
      for (int i = 0; i < count; i++) {
        var channel = SocketChannel.open(address);
        slow.add(channel);
        channel.configureBlocking(false);
      }
      for (int second = 0; second < 3; second++) {
        int callsBefore = answered.get();
        for (var channel : slow) {
          writeIfOpen(channel, hello[second]);
        }
        await().until(() -> answered.get() > callsBefore + 100);
      }

      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> slow.stream().allMatch(HostileCallerTests::ended));
      stop.set(true);
      assertThat(traffic.get(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      stop.set(true);
      for (var channel : slow) {
        channel.close();
      }
    }
  }

  private static void writeIfOpen(SocketChannel channel, byte next) {
    try {
      channel.write(ByteBuffer.wrap(new byte[] {next}));
    } catch (IOException _) {
      // its time was over
    }
  }

  private static boolean ended(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(64)) < 0;
    } catch (IOException _) {
      return true;
    }
  }

  private CallServer serve(Duration keepAlive, AdmissionSettings admission) throws IOException {
    scene = new CallPathScene(new TransportSettings(MAX_FRAME, 16L << 20, 1, keepAlive), admission);
    return scene.serve(Shop.class, shop);
  }

  private CallPathScene scene() {
    return java.util.Objects.requireNonNull(scene);
  }

  private Endpoint endpoint() {
    return scene().endpoint("shop");
  }

  private static List<OperationContract> operations() {
    return ServiceContracts.of(Shop.class).operations();
  }

  private static int index(String operation) {
    var names = operations().stream().map(OperationContract::name).toList();
    return names.contains(operation) ? names.indexOf(operation) : names.size();
  }

  private static Frame.Call call(long id, String operation, Object... arguments) {
    int index = index(operation);
    var codec = new BinaryCodec();
    var output = new Output(MAX_FRAME);
    if (index < operations().size()) {
      var parameters = operations().get(index).parameters();
      codec.compile(parameters, codec.schema(parameters)).write(arguments, output);
    }
    return new Frame.Call(id, index, 1, CALM, ContextFields.EMPTY, Payload.of(output));
  }
}
