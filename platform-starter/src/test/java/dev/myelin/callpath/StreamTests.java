package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.myelin.CallException;
import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.wire.Frame;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Results that come piece by piece, in every type that can be declared for them.
final class StreamTests {

  private static final int MANY = 100_000;

  private final CallPathScene scene = new CallPathScene();
  private final ArchiveBean bean = new ArchiveBean();

  @Microservice(timeout = "20s")
  public interface Archive {
    @Nullable InputStream bytes(String name) throws IOException;

    Resource file(String name);

    @Nullable Stream<Integer> numbers(int count);

    Flux<Integer> flux(int count);

    Mono<String> mono(String text);

    Future<String> plain(String text);

    @Operation(timeout = "2s")
    InputStream endless();

    @Operation(timeout = "1s")
    InputStream stuck() throws IOException;
  }

  /// Counts what it hands out.
  static final class ArchiveBean implements Archive {
    final AtomicInteger handedOut = new AtomicInteger();
    final AtomicInteger subscribed = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);

    @Override
    public @Nullable InputStream bytes(String name) throws IOException {
      return switch (name) {
        case "missing" -> throw new FileNotFoundException("no " + name);
        case "null" -> null;
        case "broken" -> new Endless(4);
        case "waiting" -> new Waiting();
        case "endless" -> new Endless(Integer.MAX_VALUE);
        default -> new ByteArrayInputStream(content(name.length()));
      };
    }

    @Override
    public Resource file(String name) {
      return new ByteArrayResource(content(1000), "archive of " + name) {
        @Override
        public String getFilename() {
          return name;
        }
      };
    }

    @Override
    public @Nullable Stream<Integer> numbers(int count) {
      return count < 0
          ? null
          : Stream.iterate(0, number -> number + 1)
              .limit(count)
              .peek(_ -> handedOut.incrementAndGet())
              .onClose(closed::countDown);
    }

    @Override
    public Flux<Integer> flux(int count) {
      return Flux.range(0, count)
          .doOnNext(_ -> handedOut.incrementAndGet())
          .map(number -> {
            if (number == 50_000) {
              throw new IllegalStateException("out of numbers");
            }
            return number;
          })
          .doOnCancel(cancelled::countDown);
    }

    @Override
    public Mono<String> mono(String text) {
      return switch (text) {
        case "never" ->
            Mono.<String>never()
                .doOnSubscribe(_ -> asked.countDown())
                .doOnCancel(cancelled::countDown);
        case "empty" -> Mono.empty();
        case "wrong" -> Mono.error(new IllegalArgumentException("wrong"));
        default -> Mono.fromSupplier(() -> text + subscribed.incrementAndGet());
      };
    }

    @Override
    public Future<String> plain(String text) {
      var task =
          new FutureTask<>(() -> {
            if (text.isEmpty()) {
              throw new IllegalArgumentException("empty");
            }
            return text + "!";
          });
      Thread.startVirtualThread(task);
      return task;
    }

    @Override
    public InputStream endless() {
      return new Endless(Integer.MAX_VALUE);
    }

    @Override
    public InputStream stuck() throws IOException {
      try {
        TimeUnit.MINUTES.sleep(5);
      } catch (InterruptedException e) {
        cancelled.countDown();
        throw new IOException(e);
      }
      return InputStream.nullInputStream();
    }

    private final class Endless extends InputStream {
      private int left;

      Endless(int chunks) {
        this.left = chunks;
      }

      @Override
      public int read() {
        throw new UnsupportedOperationException("one by one");
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (left-- == 0) {
          throw new IOException("the disk is broken");
        }
        handedOut.incrementAndGet();
        return length;
      }

      @Override
      public void close() {
        closed.countDown();
      }
    }

    private final class Waiting extends InputStream {
      @Override
      public int read() throws IOException {
        try {
          handedOut.incrementAndGet();
          TimeUnit.MINUTES.sleep(5);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        return -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return read();
      }

      @Override
      public void close() {
        closed.countDown();
      }
    }
  }

  private static byte[] content(int kilobytes) {
    var bytes = new byte[kilobytes * 1024];
    new Random(kilobytes).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void serve() throws IOException {
    scene.serve(Archive.class, bean);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Archive archive() {
    return (Archive) scene.caller().standIn(ServiceContracts.of(Archive.class));
  }

  // what it takes to connect is not of the time that a call has
  private Archive connected() throws IOException {
    var archive = archive();
    assertThat(archive.bytes("null")).isNull();
    return archive;
  }

  @Test
  void inputStreamArrivesWhole() throws IOException {
    var name = "x".repeat(777);

    try (var in = Objects.requireNonNull(archive().bytes(name))) {
      assertThat(in.readAllBytes()).isEqualTo(content(777));
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void inputStreamThatIsNullIsNull() throws IOException {
    assertThat(archive().bytes("null")).isNull();
    assertThat(archive().numbers(-1)).isNull();
  }

  @Test
  void exceptionOfTheOperationIsThrownByTheCall() {
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> archive().bytes("missing"))
        .withMessage("no missing");
  }

  @Test
  void exceptionInTheMiddleReachesTheReaderAsItself() throws IOException {
    var in = Objects.requireNonNull(archive().bytes("broken"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(in::readAllBytes)
        .withMessage("the disk is broken");
    assertThat(bean.handedOut).hasValue(4);
  }

  @Test
  void slowReaderHoldsTheHostBackAndClosingClosesTheStreamThere() throws Exception {
    try (var in = Objects.requireNonNull(archive().bytes("endless"))) {
      assertThat(in.readNBytes(10)).hasSize(10);
      awaitStandstill();
      // what waits at the caller, and the piece that is being sent
      assertThat(bean.handedOut.get()).isLessThan(20);
      assertThat(in.readNBytes(40 * 32 * 1024)).hasSize(40 * 32 * 1024);
      awaitStandstill();
      assertThat(bean.handedOut.get()).isBetween(40, 60);
      assertThat(bean.closed.getCount()).isOne();
    }
    assertThat(bean.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closingEndsAReadThatWaitsAtTheHost() throws Exception {
    var in = Objects.requireNonNull(archive().bytes("waiting"));
    while (bean.handedOut.get() == 0) {
      Thread.onSpinWait();
    }

    in.close();

    assertThat(bean.closed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
  }

  @Test
  void streamThatTakesLongerThanItsTimeoutGoesOn() throws Exception {
    try (var in = connected().endless()) {
      assertThat(in.readNBytes(10)).hasSize(10);
      TimeUnit.MILLISECONDS.sleep(2500);
      assertThat(in.readNBytes(64 * 32 * 1024)).hasSize(64 * 32 * 1024);
    }
  }

  @Test
  void openingThatTakesTooLongFails() throws Exception {
    var archive = connected();

    var failure = catchThrowable(archive::stuck);

    assertThat(failure)
        .isInstanceOf(CallException.class)
        .hasMessageContaining("'stuck' of service 'archive'");
    assertThat(bean.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void openingThatAnInstanceRefusesGoesToAnother() throws Exception {
    scene.serve(
        Archive.class,
        new ArchiveBean(),
        (connection, frame) -> {
          if (frame instanceof Frame.Call call) {
            connection.send(
                new Frame.Failure(
                    call.id(),
                    dev.myelin.Status.DRAINING,
                    dev.myelin.Execution.DID_NOT_RUN,
                    "leaving",
                    dev.myelin.wire.Payload.EMPTY));
            return true;
          }
          return false;
        });
    var archive = archive();

    for (int i = 0; i < 6; i++) {
      try (var numbers = Objects.requireNonNull(archive.numbers(3))) {
        assertThat(numbers.toList()).isEqualTo(List.of(0, 1, 2));
      }
    }
  }

  @Test
  void resourceBringsItsNameAndLength() throws IOException {
    var file = archive().file("a.txt");

    assertThat(file.getFilename()).isEqualTo("a.txt");
    assertThat(file.contentLength()).isEqualTo(1000 * 1024);
    assertThat(file.getDescription()).contains("archive of a.txt");
    assertThat(file.getContentAsByteArray()).isEqualTo(content(1000));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(file::getInputStream)
        .withMessageContaining("was read already");
  }

  @Test
  void streamIsReadAsItIsAskedForAndClosedEarly() throws Exception {
    try (var numbers = Objects.requireNonNull(archive().numbers(MANY))) {
      assertThat(numbers.limit(10).toList()).hasSize(10).endsWith(9);
      awaitStandstill();
      assertThat(bean.handedOut.get()).isLessThan(100);
    }
    assertThat(bean.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void streamArrivesWholeAndInOrder() throws Exception {
    try (var numbers = Objects.requireNonNull(archive().numbers(MANY))) {
      assertThat(numbers.mapToInt(Integer::intValue).sum()).isEqualTo(704_982_704);
    }
    assertThat(bean.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void fluxHoldsTheHostBackAndIsCancelledThere() throws Exception {
    var taken = archive().flux(MANY).take(10).collectList().block();

    assertThat(taken).hasSize(10).endsWith(9);
    assertThat(bean.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(bean.handedOut.get()).isLessThan(200);
  }

  @Test
  void fluxWhoseSubscriberIsSlowHoldsTheHostBackWhateverItAskedFor() throws Exception {
    var release = new CountDownLatch(1);
    var done = new CountDownLatch(1);

    archive().flux(1000).subscribe(_ -> await(release), _ -> done.countDown(), done::countDown);
    awaitStandstill();

    assertThat(bean.handedOut.get()).isBetween(1, 200);
    release.countDown();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(bean.handedOut).hasValue(1000);
  }

  @Test
  void fluxThatFailsInTheMiddleFailsAsItself() {
    var failure = catchThrowable(() -> archive().flux(MANY).blockLast());

    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("out of numbers");
  }

  @Test
  void monoIsCalledAtEachSubscription() {
    var mono = archive().mono("a");

    assertThat(bean.subscribed).hasValue(0);
    assertThat(mono.block()).isEqualTo("a1");
    assertThat(mono.block()).isEqualTo("a2");
    assertThat(archive().mono("empty").blockOptional()).isEmpty();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> archive().mono("wrong").block())
        .withMessage("wrong");
  }

  @Test
  void monoThatIsGivenUpIsCancelledAtItsHost() throws Exception {
    var subscription = archive().mono("never").subscribe();
    assertThat(bean.asked.await(10, TimeUnit.SECONDS)).isTrue();

    subscription.dispose();

    assertThat(bean.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void futureThatIsNoStageIsWaitedFor() throws Exception {
    assertThat(archive().plain("soon").get(10, TimeUnit.SECONDS)).isEqualTo("soon!");
    assertThat(catchThrowable(() -> archive().plain("").get(10, TimeUnit.SECONDS)))
        .hasCauseExactlyInstanceOf(IllegalArgumentException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // until the host has handed out nothing more for a while
  private void awaitStandstill() throws InterruptedException {
    int before;
    do {
      before = bean.handedOut.get();
      TimeUnit.MILLISECONDS.sleep(300);
    } while (bean.handedOut.get() != before || before == 0);
  }
}
