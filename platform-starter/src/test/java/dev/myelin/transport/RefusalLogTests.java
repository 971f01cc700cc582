package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalLogTests {

  @Test
  void lineIsDueOnceASecond() {
    var now = new AtomicLong(Long.MAX_VALUE - 500_000_000);
    var log = new RefusalLog(now::get);

    assertThat(log.due()).isTrue();
    assertThat(log.due()).isFalse();
    now.addAndGet(999_999_999);
    assertThat(log.due()).isFalse();
    now.addAndGet(1);
    assertThat(log.due()).isTrue();
  }
}
