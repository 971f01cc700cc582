package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Microservice;
import dev.myelin.RemoteCallException;
import dev.myelin.Status;
import dev.myelin.transport.RawPeer;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.Output;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Servers that break the rules, and what their callers see.
class HostileServerTests {

  private final CallPathScene scene = new CallPathScene();
  private @Nullable ServerSocket socket;

  @AfterEach
  void close() throws IOException {
    scene.close();
    if (socket != null) {
      socket.close();
    }
  }

  /// What is called.
  @Microservice(name = "shop", timeout = "20s")
  public interface Shop {
    int count(int start);

    Flow.Publisher<Integer> numbers();
  }

  @Test
  void answerWhenItsNumberIsUnknownOrItComesTwiceIsPassedOver() throws Exception {
    serve(call ->
        new Frame[] {
          reply(call.id() + 1_000, 99), reply(call.id(), 5), reply(call.id(), 6), reply(0, 7)
        });
    var shop = Chain.standIn(scene, Shop.class);

    for (int i = 0; i < 10; i++) {
      assertThat(shop.count(1)).isEqualTo(5);
    }
  }

  @Test
  void itemWhenTheCallIsNoStreamEndsTheConnectionAndTheCall() throws Exception {
    serve(call -> new Frame[] {new Frame.Item(call.id(), Payload.EMPTY)});

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> Chain.standIn(scene, Shop.class).count(1))
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.UNAVAILABLE))
        .satisfies(e -> assertThat(e.execution()).isEqualTo(Execution.MAY_HAVE_RUN))
        .withMessageContaining("a frame of kind Item came instead of an answer to a call");
  }

  @Test
  void secondReplyWhenTheCallIsAStreamEndsTheStreamWithAnError() throws Exception {
    serve(call -> new Frame[] {reply(call.id(), 1), reply(call.id(), 1)});
    var subscriber = new Patient(1);

    Chain.standIn(scene, Shop.class).numbers().subscribe(subscriber);

    assertThat(subscriber.failure.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("a frame of kind Reply came instead of an item");
  }

  @Test
  void itemsWhenMoreThanAskedForEndTheConnectionBeforeTheyAreKept() throws Exception {
    var items = new Frame[1_000];
    serve(call -> {
      java.util.Arrays.fill(items, new Frame.Item(call.id(), item(1)));
      return items;
    });
    var subscriber = new Patient(5);

    Chain.standIn(scene, Shop.class).numbers().subscribe(subscriber);

    assertThat(subscriber.failure.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("more items of a stream came than were asked for");
    assertThat(subscriber.taken.get()).isLessThanOrEqualTo(5);
  }

  @Test
  void exceptionWhenItNamesAClassThatIsNoneDoesNotTouchTheClass() throws Exception {
    for (var named : List.of(Gadget.class, AbstractGadget.class, Gadget[].class)) {
      serve(call -> new Frame[] {thrown(call.id(), named.getName())});

      assertThatExceptionOfType(RemoteCallException.class)
          .isThrownBy(() -> Chain.standIn(scene, Shop.class).count(1))
          .withMessageContaining(named.getName());
    }
    assertThat(Touched.INITIALISERS).hasValue(0);
  }

  @Test
  void exceptionWhenItNamesOneOfTheClassPathRunsNoConstructorOfIt() throws Exception {
    serve(call -> new Frame[] {thrown(call.id(), Failing.class.getName())});

    assertThatExceptionOfType(Failing.class)
        .isThrownBy(() -> Chain.standIn(scene, Shop.class).count(1));
    assertThat(Touched.CONSTRUCTORS).hasValue(0);
  }

  /// Counts what must not run.
  private static final class Touched {
    static final AtomicInteger INITIALISERS = new AtomicInteger();
    static final AtomicInteger CONSTRUCTORS = new AtomicInteger();
  }

  /// A class that a hostile server would like to have created.
  static final class Gadget {
    static {
      Touched.INITIALISERS.incrementAndGet();
    }
  }

  /// Of exceptions, but none itself.
  abstract static class AbstractGadget extends Exception {
    static {
      Touched.INITIALISERS.incrementAndGet();
    }
  }

  /// An exception whose constructor does something.
  static final class Failing extends RuntimeException {
    Failing() {
      Touched.CONSTRUCTORS.incrementAndGet();
    }
  }

  private static Frame thrown(long id, String type) {
    var output = new Output(10_000);
    output.writeString(type);
    output.writeString("pwned");
    output.writeBoolean(true);
    output.writeUnsignedInt(1);
    output.writeBoolean(false);
    output.writeBoolean(false);
    output.writeBoolean(false);
    return new Frame.Failure(id, Status.FAILED, Execution.RAN, "", Payload.of(output));
  }

  private static Frame reply(long id, int value) {
    return new Frame.Reply(id, value(value));
  }

  private static Payload item(int value) {
    var output = new Output(10);
    output.writeBoolean(true);
    output.writeInt(value);
    return Payload.of(output);
  }

  private static Payload value(int value) {
    var output = new Output(10);
    output.writeInt(value);
    return Payload.of(output);
  }

  /// Answers each call, or the first credit of a stream, with what the script says; one connection
  /// after the other.
  private void serve(Function<Frame.Call, Frame[]> script) throws IOException {
    var listening = new ServerSocket(0);
    if (socket != null) {
      socket.close();
      scene.remove("shop");
    }
    socket = listening;
    scene.add("shop", new Endpoint("127.0.0.1", listening.getLocalPort()));
    Thread.startVirtualThread(() -> {
      while (!listening.isClosed()) {
        try (var peer = new RawPeer(listening.accept())) {
          peer.send(RawPeer.hello(scene.hosted(Shop.class)));
          answer(peer, script);
        } catch (IOException _) {
          // the caller, or the test, has ended the connection
        }
      }
    });
  }

  private static void answer(RawPeer peer, Function<Frame.Call, Frame[]> script)
      throws IOException {
    Frame.Call stream = null;
    while (true) {
      var frame = peer.read();
      if (frame instanceof Frame.Call call && call.operation() == 0) {
        peer.send(script.apply(call));
      } else if (frame instanceof Frame.Call call) {
        stream = call;
      } else if (frame instanceof Frame.Credit && stream != null) {
        peer.send(script.apply(stream));
      }
    }
  }

  /// Takes the first item, and then its time.
  private static final class Patient implements Flow.Subscriber<Integer> {

    private final int wanted;
    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    Patient(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(wanted);
    }

    @Override
    public void onNext(Integer item) {
      taken.incrementAndGet();
      try {
        var _ = never.await(200, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onError(Throwable cause) {
      failure.complete(cause);
    }

    @Override
    public void onComplete() {
      failure.completeExceptionally(new AssertionError("the stream ended as if all was well"));
    }
  }
}
