package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndWithoutMemoryTests {

  private final List<Throwable> told = new ArrayList<>();
  private final List<Integer> ended = new ArrayList<>();
  private final EndWithoutMemory handler = new EndWithoutMemory((_, e) -> told.add(e), ended::add);

  @Test
  void threadThatDiesOfMissingMemoryEndsTheProcess() {
    handler.uncaughtException(Thread.currentThread(), new OutOfMemoryError("Java heap space"));

    assertThat(ended).containsExactly(3);
  }

  @Test
  void threadThatDiesOfAnythingElseDoesNot() {
    var defect = new IllegalStateException("a defect");

    handler.uncaughtException(Thread.currentThread(), defect);

    assertThat(ended).isEmpty();
    assertThat(told).containsExactly(defect);
  }
}
