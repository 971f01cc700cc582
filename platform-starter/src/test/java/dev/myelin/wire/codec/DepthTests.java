package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Cycles and deep values, on the thread that has the least stack.
class DepthTests {

  static final class Chain {
    @Nullable Chain next;
    int number;
  }

  static final class Graph {
    final List<Graph> children = new ArrayList<>();
    final Map<String, Graph> byName = new HashMap<>();
  }

  @Test
  void valueAsDeepAsAllowedComesBackOnAVirtualThread() throws Exception {
    var chain = chain(500);

    var result = onVirtualThread(() -> length((Chain) Bytes.roundTrip(Chain.class, chain)));

    assertThat(result).isEqualTo(500);
  }

  @Test
  void deeperValueIsRefused() throws Exception {
    var chain = chain(501);

    var result = onVirtualThread(() -> Bytes.roundTrip(Chain.class, chain));

    assertThat(result)
        .isInstanceOfSatisfying(
            UncarriableValueException.class,
            e ->
                assertThat(e)
                    .hasMessageStartingWith("'Chain.next.next.next.next.next.next.next.next….next")
                    .hasMessageContaining("more than 500 levels"));
  }

  @Test
  void cycleIsRefused() throws Exception {
    var chain = chain(3);
    chain.next = chain;

    assertThat(onVirtualThread(() -> Bytes.roundTrip(Chain.class, chain)))
        .isInstanceOfSatisfying(
            UncarriableValueException.class,
            e -> assertThat(e).hasMessageContaining("contains itself"));
  }

  @Test
  void cycleThroughCollectionsIsRefusedWithItsPath() {
    var graph = new Graph();
    graph.byName.put("self", graph);

    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.roundTrip(Graph.class, graph))
        .withMessageStartingWith("'Graph.byName{value}.byName{value}");
    graph.byName.clear();
    graph.children.add(graph);
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.roundTrip(Graph.class, graph))
        .withMessageStartingWith("'Graph.children[0].children[0]");
  }

  @Test
  void cycleThatBranchesEndsAtTheSizeLimit() {
    var graph = new Graph();
    graph.children.add(graph);
    graph.children.add(graph);
    var codec = Bytes.codec(Graph.class);

    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> codec.write(graph, new Output(100_000)));
  }

  @Test
  void outputIsUsableAfterARefusal() {
    var chain = chain(2);
    chain.next = chain;
    var codec = Bytes.codec(Chain.class);
    var output = new Output(100_000);
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(UncarriableValueException.class)
          .isThrownBy(() -> codec.write(chain, output));
    }

    codec.write(chain(500), output);

    assertThat(length((Chain) codec.read(new Input(output.array(), 0, output.size()))))
        .isEqualTo(500);
  }

  private static Chain chain(int length) {
    var first = new Chain();
    var last = first;
    for (int i = 1; i < length; i++) {
      last.next = new Chain();
      last = last.next;
    }
    return first;
  }

  private static int length(@Nullable Chain chain) {
    int length = 0;
    for (var each = chain; each != null; each = each.next) {
      length++;
    }
    return length;
  }

  /// What the call returned or threw.
  private static @Nullable Object onVirtualThread(Call call) throws InterruptedException {
    var outcome = new ArrayList<@Nullable Object>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            outcome.add(call.run());
          } catch (Throwable e) {
            outcome.add(e);
          }
        })
        .join();
    return outcome.getFirst();
  }

  private interface Call {
    @Nullable Object run();
  }
}
