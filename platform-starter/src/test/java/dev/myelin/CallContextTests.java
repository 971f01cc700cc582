package dev.myelin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CallContextTests {

  @Test
  void withAndWithoutLeaveTheSnapshotAsItIs() {
    var one = CallContext.of(Map.of("a", "1"));

    assertThat(one.with("b", "2").values()).containsOnlyKeys("a", "b");
    assertThat(one.with("a", "2").get("a")).contains("2");
    assertThat(one.without("a")).isEqualTo(CallContext.of(Map.of()));
    assertThat(one.values()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void mapItWasMadeOfMayChangeLater() {
    var values = new HashMap<>(Map.of("a", "1"));
    var context = CallContext.of(values);

    values.put("b", "2");

    assertThat(context.get("b")).isEmpty();
  }

  @Test
  void taskSeesTheInnermostContextAndOtherThreadsSeeNone() throws Exception {
    var outer = CallContext.of(Map.of("a", "1"));

    var seen =
        outer.during(() -> {
          var inner = CallContext.current().with("a", "2").during(CallContext::current);
          var elsewhere = CompletableFuture.supplyAsync(CallContext::current).join();
          return new CallContext[] {CallContext.current(), inner, elsewhere};
        });

    assertThat(seen[0]).isEqualTo(outer);
    assertThat(seen[1].get("a")).contains("2");
    assertThat(seen[2].values()).isEmpty();
    assertThat(CallContext.current().values()).isEmpty();
  }

  @Test
  void limitsAreThoseOfKeysAndBytes() {
    var full = new HashMap<String, String>();
    for (int i = 0; i < CallContext.MAX_KEYS; i++) {
      full.put("k" + i, "");
    }
    var context = CallContext.of(full);

    assertThatIllegalArgumentException().isThrownBy(() -> context.with("more", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> context.with(" ", ""));
    assertThat(CallContext.of(Map.of("k", "é".repeat(4_095))).values()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallContext.of(Map.of("k", "é".repeat(4_096))))
        .withMessageContaining("8193");
  }

  @Test
  void textNamesKeysOnly() {
    assertThat(CallContext.of(Map.of("token", "secret"))).hasToString("CallContext[token]");
  }
}
