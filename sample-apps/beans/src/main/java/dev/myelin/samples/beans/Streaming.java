package dev.myelin.samples.beans;

import dev.myelin.Microservice;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.reactivestreams.FlowAdapters;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Results that come piece by piece.
@Microservice
class Streaming {

  private final AtomicInteger closed = new AtomicInteger();

  public InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  public Resource file(String name) {
    return new ByteArrayResource(("I am " + name).getBytes(StandardCharsets.UTF_8)) {
      @Override
      public String getFilename() {
        return name;
      }
    };
  }

  public Stream<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().onClose(closed::incrementAndGet);
  }

  public int closed() {
    return closed.get();
  }

  public Flux<Integer> flux(int count) {
    return Flux.range(0, count);
  }

  public Flux<Integer> failing(int count) {
    return flux(count).concatWith(Flux.error(new IllegalStateException("enough")));
  }

  public Mono<String> mono(String text) {
    return Mono.just(text);
  }

  public Flow.Publisher<Integer> publisher(int count) {
    return FlowAdapters.toFlowPublisher(flux(count));
  }
}
