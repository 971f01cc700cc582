package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.myelin.CallException;
import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.Status;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.LibraryFrames;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.transport.IoThread;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.ThrowableCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/// Calls for which no thread waits, and operations that run where their calls are read.
@Timeout(60)
class AsyncCallTests {

  private static final int MAX_FRAME = 1 << 20;

  private final Sweeper sweeper = new Sweeper();
  private final NettyTransport transport =
      new NettyTransport(
          new TransportSettings(MAX_FRAME, 4L << 20, 1, Duration.ofSeconds(30)), security());
  private final BinaryCodec codec = new BinaryCodec();
  private final ThrowableCodec throwables =
      new ThrowableCodec(codec, frame -> !LibraryFrames.contains(frame));
  private final TillBean bean = new TillBean();
  private final CallServer server =
      new CallServer(
          new HostedServices(
              List.of(new HostedServices.Hosted(ServiceContracts.of(Till.class), () -> bean))),
          new CallServer.Encoding(codec, throwables, MAX_FRAME, CallSurroundings.PLAIN),
          JsonMapper.shared(),
          sweeper);
  private Till till = bean;

  /// What the tests call.
  @Microservice(name = "till", concurrency = 2, timeout = "20s")
  public interface Till {

    CompletableFuture<Integer> add(int one, int other);

    CompletableFuture<String> hang();

    @Operation(timeout = "200ms")
    CompletableFuture<String> late();

    void fill() throws InterruptedException;

    @Operation(inline = true)
    boolean onIoThread();

    @Operation(inline = true)
    CompletableFuture<Integer> sum(List<Integer> amounts);

    @Operation(inline = true)
    int callsAndWaits();
  }

  private final class TillBean implements Till {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch filling = new CountDownLatch(2);
    final CountDownLatch gate = new CountDownLatch(1);

    @Override
    public CompletableFuture<Integer> add(int one, int other) {
      return CompletableFuture.completedFuture(Math.addExact(one, other));
    }

    @Override
    public CompletableFuture<String> hang() {
      entered.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        Thread.currentThread().interrupt();
      }
      return CompletableFuture.completedFuture("stopped");
    }

    @Override
    public CompletableFuture<String> late() {
      return new CompletableFuture<>();
    }

    @Override
    public void fill() throws InterruptedException {
      filling.countDown();
      gate.await();
    }

    @Override
    public boolean onIoThread() {
      return IoThread.current();
    }

    @Override
    public CompletableFuture<Integer> sum(List<Integer> amounts) {
      return CompletableFuture.completedFuture(amounts.stream().mapToInt(amount -> amount).sum());
    }

    @Override
    public int callsAndWaits() {
      return till.onIoThread() ? 1 : 0;
    }
  }

  TransportSecurity security() {
    return TransportSecurity.none();
  }

  @BeforeEach
  void open() throws IOException {
    var endpoint =
        transport.listen(
            new Endpoint("127.0.0.1", 0), () -> hello("till-1", server.hosted()), server);
    var clients =
        new NetworkClients(
            new NetworkClients.Wiring(
                transport, () -> hello("caller", List.of()), sweeper, CallSurroundings.PLAIN),
            new ProxyStandInFactory(),
            () -> {
              throw new IllegalStateException("the endpoint is known");
            },
            new CallFormats(codec, throwables, MAX_FRAME),
            new ClientSettings(3, 1, Duration.ofSeconds(10), BalanceSettings.defaults()),
            new CallCounters());
    till = (Till) clients.standIn(ServiceContracts.of(Till.class), endpoint);
  }

  @AfterEach
  void close() {
    bean.gate.countDown();
    transport.close();
    sweeper.close();
  }

  private static Frame.Hello hello(String id, List<Frame.HostedService> hosted) {
    return new Frame.Hello(Frame.Hello.VERSION, new InstanceId(id), "b", MAX_FRAME, hosted);
  }

  @Test
  void futuresOfManyCallsCompleteEachWithItsResult() throws Exception {
    var sums = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 0; i < 100; i++) {
      sums.add(till.add(i, 1));
    }

    for (int i = 0; i < 100; i++) {
      assertThat(sums.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i + 1);
    }
  }

  @Test
  void futureOfALaterCallFailsWithWhatTheOperationThrew() throws Exception {
    assertThat(till.add(1, 1).get(20, TimeUnit.SECONDS)).isEqualTo(2);

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> till.add(Integer.MAX_VALUE, 1).get(20, TimeUnit.SECONDS))
        .withCauseExactlyInstanceOf(ArithmeticException.class);
  }

  @Test
  void futureFailsAtTheDeadline() throws Exception {
    assertThat(till.add(1, 1).get(20, TimeUnit.SECONDS)).isEqualTo(2);

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> till.late().get(20, TimeUnit.SECONDS))
        .havingCause()
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.status()).isEqualTo(Status.DEADLINE_EXCEEDED));
  }

  @Test
  void cancelStopsTheWorkAtTheInstance() throws Exception {
    assertThat(till.add(1, 1).get(20, TimeUnit.SECONDS)).isEqualTo(2);
    var hanging = till.hang();
    assertThat(bean.entered.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(hanging.cancel(true)).isTrue();

    assertThat(bean.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(hanging::join);
  }

  @Test
  void functionsOnAFutureMayWaitForOtherCalls() throws Exception {
    var chained = till.add(1, 2).thenApply(sum -> till.add(sum, 10).join());

    assertThat(chained.get(20, TimeUnit.SECONDS)).isEqualTo(13);
    assertThat(till.add(1, 2).thenApply(_ -> IoThread.current()).get(20, TimeUnit.SECONDS))
        .isFalse();
  }

  @Test
  void inlineOperationRunsWhereItsCallIsRead() throws Exception {
    assertThat(till.onIoThread()).isTrue();
    assertThat(till.sum(List.of(1, 2, 3)).get(20, TimeUnit.SECONDS)).isEqualTo(6);
  }

  @Test
  void inlineOperationWhenNoPermitIsLeftWaitsElsewhere() throws Exception {
    var full = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      full.add(Thread.startVirtualThread(this::fill));
    }
    assertThat(bean.filling.await(20, TimeUnit.SECONDS)).isTrue();

    var waiting = CompletableFuture.supplyAsync(till::onIoThread);
    await().until(() -> server.inFlight() == 3);
    // the connection is still read while the call waits; who reads another call is done with it
    var behind = till.add(1, 1);
    await().until(() -> server.inFlight() == 4);
    assertThat(behind).isNotDone();
    bean.gate.countDown();

    assertThat(waiting.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(behind.get(20, TimeUnit.SECONDS)).isEqualTo(2);
    for (var thread : full) {
      assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    }
  }

  private void fill() {
    try {
      till.fill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void inlineOperationThatWaitsForACallFailsAndSaysWhy() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(till::callsAndWaits)
        .withMessageContaining("'onIoThread' of service 'till'")
        .withMessageContaining("inline");
  }
}
