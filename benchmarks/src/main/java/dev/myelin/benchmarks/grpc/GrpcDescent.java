package dev.myelin.benchmarks.grpc;

import dev.myelin.benchmarks.depth.Descent;
import dev.myelin.benchmarks.depth.DescentClient;
import dev.myelin.benchmarks.depth.DescentVariant;
import dev.myelin.benchmarks.grpc.proto.DescentMessage;
import dev.myelin.benchmarks.grpc.proto.DescentServiceGrpc;
import dev.myelin.benchmarks.grpc.proto.NothingMessage;
import dev.myelin.benchmarks.grpc.proto.NumberMessage;
import dev.myelin.benchmarks.variant.Serving;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/// The service over grpc-java, where every level waits on a virtual thread.
public final class GrpcDescent implements DescentVariant {
  private final boolean tuned;

  private GrpcDescent(boolean tuned) {
    this.tuned = tuned;
  }

  /// With its own executors replaced by one that starts virtual threads.
  public static GrpcDescent onVirtualThreads() {
    return new GrpcDescent(false);
  }

  /// With its own work on the event loops, and one virtual thread a call in the server.
  public static GrpcDescent tuned() {
    return new GrpcDescent(true);
  }

  @Override
  public String name() {
    return tuned ? "grpc-tuned" : "grpc-virtual";
  }

  @Override
  public String settings() {
    return tuned
        ? "transport events on the event loops, one virtual thread a call in the server, blocking stub"
        : "executor of virtual threads in server and channel, blocking stub";
  }

  @Override
  public Serving serve(Descent descent) throws IOException {
    Executor calls = tuned ? Thread::startVirtualThread : Runnable::run;
    var builder = GrpcServing.onLoopback().addService(new Service(descent, calls));
    return GrpcServing.start(
        tuned
            ? builder.directExecutor()
            : builder.executor(Executors.newVirtualThreadPerTaskExecutor()));
  }

  @Override
  public DescentClient connect(int port) {
    var builder = BlockingGrpcCaller.toLoopback(port);
    return new Client(
        (tuned
                ? builder.directExecutor()
                : builder.executor(Executors.newVirtualThreadPerTaskExecutor()))
            .build());
  }

  private static final class Service extends DescentServiceGrpc.DescentServiceImplBase {
    private final Descent descent;
    private final Executor calls;

    Service(Descent descent, Executor calls) {
      this.descent = descent;
      this.calls = calls;
    }

    @Override
    public void descend(DescentMessage request, StreamObserver<NumberMessage> reply) {
      calls.execute(() ->
          answer(
              reply,
              () -> descent.descend(request.getLevels(), request.getNext(), request.getAfter())));
    }

    @Override
    public void peakPlatformThreads(NothingMessage request, StreamObserver<NumberMessage> reply) {
      calls.execute(() -> answer(reply, descent::peakPlatformThreads));
    }

    // a call that dies without a status would leave its caller waiting for ever
    private static void answer(StreamObserver<NumberMessage> reply, IntSupplier value) {
      NumberMessage message;
      try {
        message = NumberMessage.newBuilder().setValue(value.getAsInt()).build();
      } catch (RuntimeException failure) {
        reply.onError(Status.INTERNAL.withCause(failure).asRuntimeException());
        return;
      }
      reply.onNext(message);
      reply.onCompleted();
    }
  }

  private static final class Client implements DescentClient {
    private final ManagedChannel channel;
    private final DescentServiceGrpc.DescentServiceBlockingStub stub;

    Client(ManagedChannel channel) {
      this.channel = channel;
      this.stub = DescentServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public int descend(int levels, int next, int after) {
      return stub.descend(
              DescentMessage.newBuilder().setLevels(levels).setNext(next).setAfter(after).build())
          .getValue();
    }

    @Override
    public int peakPlatformThreads() {
      return stub.peakPlatformThreads(NothingMessage.getDefaultInstance()).getValue();
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
