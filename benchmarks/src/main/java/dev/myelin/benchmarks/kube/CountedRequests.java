package dev.myelin.benchmarks.kube;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.LongAdder;

/// Counts what a client asks of the API. Thread-safe.
final class CountedRequests implements Interceptor {

  private final LongAdder reads = new LongAdder();
  private final LongAdder writes = new LongAdder();

  /// So many.
  ///
  /// @param reads requests that only read; a watch is one when it begins
  /// @param writes all others
  record Count(long reads, long writes) {

    Count since(Count before) {
      return new Count(reads - before.reads, writes - before.writes);
    }
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    (request.method().equals("GET") ? reads : writes).increment();
  }

  Count count() {
    return new Count(reads.sum(), writes.sum());
  }
}
