package dev.myelin.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.myelin.wire.InstanceId;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InstanceIdsTests {

  @Test
  void identityIsTheNameAndFourDigits() {
    var ids = new InstanceIds(new Random(1), _ -> false);

    for (int i = 0; i < 1_000; i++) {
      assertThat(ids.next("price-list").value()).matches("price-list-[0-9a-f]{4}");
    }
  }

  @Test
  void usedIdentityIsNotGivenAgain() {
    var given = new HashSet<InstanceId>();
    var ids = new InstanceIds(new Random(1), given::contains);

    for (int i = 0; i < 2_000; i++) {
      assertThat(given.add(ids.next("shop"))).isTrue();
    }
  }

  @Test
  void digitsGrowWhereFourHaveRunOut() {
    var ids = new InstanceIds(new Random(1), id -> id.value().length() <= "shop-".length() + 4);

    assertThat(ids.next("shop").value()).matches("shop-[0-9a-f]{5}");
  }

  @Test
  void longNameIsCut() {
    var ids = new InstanceIds(new Random(1), _ -> false);

    assertThat(ids.next("x".repeat(200)).value()).hasSize(95);
  }

  @Test
  void exhaustionIsSaid() {
    var ids = new InstanceIds(new Random(1), _ -> true);

    assertThatIllegalStateException()
        .isThrownBy(() -> ids.next("shop"))
        .withMessageContaining("'shop'");
  }
}
