package dev.myelin.callpath;

import dev.myelin.Microservice;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Operations that are counted by the id of their call, so that it is known which of them ran, and
/// how often.
public interface Ledger {

  /// A short answer to a short question.
  long small(long id);

  /// The same, without a thread that waits.
  CompletableFuture<Long> smallLater(long id);

  /// Several hundred bytes each way.
  byte[] large(long id, byte[] content);

  /// The same, without a thread that waits.
  CompletableFuture<byte[]> largeLater(long id, byte[] content);

  /// Throws an exception.
  long throwing(long id);

  /// The same, without a thread that waits.
  CompletableFuture<Long> throwingLater(long id);

  /// Answers when the gate of the ledger is open.
  long gated(long id) throws InterruptedException;

  /// May not be repeated.
  @Microservice(name = "once", concurrency = 64, timeout = "10s")
  interface Once extends Ledger {}

  /// May be repeated.
  @Microservice(name = "again", concurrency = 64, timeout = "10s", idempotent = true)
  interface Again extends Ledger {}

  /// What the operations throw.
  final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }
  }

  /// Keeps count.
  final class Book implements Once, Again {
    private final Map<Long, AtomicInteger> executions = new ConcurrentHashMap<>();
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);

    int executions(long id) {
      var count = executions.get(id);
      return count == null ? 0 : count.get();
    }

    private void count(long id) {
      executions.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public long small(long id) {
      count(id);
      return id;
    }

    @Override
    public CompletableFuture<Long> smallLater(long id) {
      return CompletableFuture.completedFuture(small(id));
    }

    @Override
    public byte[] large(long id, byte[] content) {
      count(id);
      return content;
    }

    @Override
    public CompletableFuture<byte[]> largeLater(long id, byte[] content) {
      return CompletableFuture.completedFuture(large(id, content));
    }

    @Override
    public long throwing(long id) {
      count(id);
      throw new Refused("nothing for " + id);
    }

    @Override
    public CompletableFuture<Long> throwingLater(long id) {
      return CompletableFuture.completedFuture(throwing(id));
    }

    @Override
    public long gated(long id) throws InterruptedException {
      count(id);
      entered.countDown();
      gate.await();
      return id;
    }
  }
}
