package dev.myelin.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValues;
import org.junit.jupiter.api.Test;

class OperationKeysTests {

  private final OperationKeys keys = new OperationKeys();

  private static ObservedOperation operation(String name) {
    return new ObservedOperation("shop", name);
  }

  @Test
  void keysOfACallAreThoseOfItsOperationAndOutcome() {
    assertThat(keys.keys(operation("price"), "SUCCESS"))
        .isEqualTo(KeyValues.of("service", "shop", "operation", "price", "outcome", "SUCCESS"));
    assertThat(keys.keys(operation("price"), "THROWN"))
        .isEqualTo(KeyValues.of("service", "shop", "operation", "price", "outcome", "THROWN"));
    assertThat(keys.keys(operation("count"), null))
        .isEqualTo(KeyValues.of("service", "shop", "operation", "count", "outcome", "UNKNOWN"));
    assertThat(keys.name(operation("count"))).isEqualTo("shop.count");
  }

  @Test
  void keysAreMadeOnce() {
    var first = keys.keys(operation("price"), "SUCCESS");

    assertThat(keys.keys(operation("price"), "SUCCESS")).isSameAs(first);
    assertThat(keys.name(operation("price"))).isSameAs(keys.name(operation("price")));
  }

  @Test
  void keysOfOperationsWithoutEndAreRightButNotKept() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(keys.name(operation("made-up-" + i))).isNotEmpty();
    }

    var beyond = keys.keys(operation("price"), "NOT_FOUND");
    assertThat(beyond)
        .isEqualTo(KeyValues.of("service", "shop", "operation", "price", "outcome", "NOT_FOUND"))
        .isNotSameAs(keys.keys(operation("price"), "NOT_FOUND"));
  }
}
