package dev.myelin.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectKeyTests {

  @ParameterizedTest
  @ValueSource(strings = {"a", "account", "account-2", "a1-b2-c3"})
  void typeWhenInKebabCaseIsTaken(String type) {
    assertThat(new ObjectKey(type, "x")).hasToString(type + "/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "-a", "a-", "a--b", "1a", "a_b", "a/b", "ä", "a b", "a\n"})
  void typeWhenNotInKebabCaseIsRefused(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectKey(type, "x"))
        .withMessageContaining("is no type of an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0000", "a\nb", "\u007f", "\u0085", "\ud800", "a\udc00b"})
  void idWhenStoresCouldNotKeepItIsRefused(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectKey("account", id))
        .withMessageContaining("is no id of an object of type 'account'");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "/", "..", "%2F", "ä", "𝄞", "'; DROP TABLE x; --", "a b "})
  void idWhenOfAnyOtherCharactersIsTaken(String id) {
    assertThat(new ObjectKey("account", id).id()).isEqualTo(id);
  }

  @Test
  void lengthsAtTheLimitAreTakenAndOneMoreIsRefused() {
    assertThat(new ObjectKey("a".repeat(100), "i".repeat(255)).id()).hasSize(255);

    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey("a".repeat(101), "i"));
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey("a", "i".repeat(256)));
  }
}
