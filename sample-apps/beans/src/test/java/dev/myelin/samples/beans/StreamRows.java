package dev.myelin.samples.beans;

import static dev.myelin.samples.beans.Row.thrown;

import dev.myelin.callpath.Sides;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;

/// Results that come piece by piece.
final class StreamRows {

  private StreamRows() {}

  static List<Row> all() {
    return List.of(
        new Row("`InputStream`", "hello", StreamRows::bytes),
        new Row("`Resource`", "a.txt, 10 bytes: I am a.txt", StreamRows::file),
        new Row("`Stream`", "sum 4950", StreamRows::numbers),
        new Row("`Stream`, closed early", "[0, 1, 2], then closed at the host", StreamRows::early),
        new Row(
            "`Flux`",
            "[0, 1, 2]",
            sides -> String.valueOf(streaming(sides).flux(3).collectList().block())),
        new Row(
            "`Flux` that fails in the middle",
            "[0, 1], then `IllegalStateException: enough`",
            StreamRows::failing),
        new Row("`Mono`", "one", sides -> String.valueOf(streaming(sides).mono("one").block())),
        new Row(
            "`Flow.Publisher`",
            "[0, 1, 2]",
            sides ->
                String.valueOf(
                    Flux.from(FlowAdapters.toPublisher(streaming(sides).publisher(3)))
                        .collectList()
                        .block())));
  }

  private static Streaming streaming(Sides sides) {
    return sides.caller().getBean(Streaming.class);
  }

  private static String bytes(Sides sides) throws IOException {
    try (var in = streaming(sides).bytes("hello")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String file(Sides sides) throws IOException {
    var file = streaming(sides).file("a.txt");
    return "%s, %d bytes: %s"
        .formatted(
            file.getFilename(),
            file.contentLength(),
            file.getContentAsString(StandardCharsets.UTF_8));
  }

  private static String numbers(Sides sides) {
    try (var numbers = streaming(sides).numbers(100)) {
      return "sum " + numbers.mapToInt(Integer::intValue).sum();
    }
  }

  private static String early(Sides sides) throws InterruptedException {
    var streaming = streaming(sides);
    int before = streaming.closed();
    List<Integer> first;
    try (var numbers = streaming.numbers(1_000_000)) {
      first = numbers.limit(3).toList();
    }
    // from another process it is closed soon after
    for (int i = 0; i < 200 && streaming.closed() == before; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return first + (streaming.closed() == before ? ", not closed" : ", then closed at the host");
  }

  private static String failing(Sides sides) {
    var seen = new ArrayList<Integer>();
    var failure =
        thrown(() ->
            Objects.requireNonNull(streaming(sides).failing(2).doOnNext(seen::add).blockLast()));
    return seen + ", then " + failure;
  }
}
