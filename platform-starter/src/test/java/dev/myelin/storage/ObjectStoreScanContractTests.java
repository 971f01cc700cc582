package dev.myelin.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every object store keeps: a type read page by page.
public abstract class ObjectStoreScanContractTests extends ObjectStoreContentionContractTests {

  @Test
  void scanWhenNothingIsThereIsOneEmptyPage() {
    assertThat(store().scan(type(), null, 10)).isEqualTo(new ObjectPage(List.of(), null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 39, 40, 41, 1_000})
  void scanWhenReadToItsEndHasEachObjectOnce(int limit) {
    var type = type();
    create(type, 0, 40);

    var seen = scanned(type, limit, () -> {});

    assertThat(seen).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void scanSeesOneTypeOnly() {
    var type = type();
    create(type, 0, 3);
    create(type + "-more", 0, 3);

    assertThat(store().scan(type, null, 1_000).objects())
        .hasSize(3)
        .allSatisfy(object -> assertThat(object.key().type()).isEqualTo(type));
  }

  @Test
  void scanWhenFollowedByReadsSaysTheSame() {
    var type = type();
    create(type, 0, 3);

    for (var object : store().scan(type, null, 10).objects()) {
      assertThat(store().get(object.key())).contains(object);
    }
  }

  @Test
  void scanWhenWrittenToMeanwhileHasEachLastingObjectOnce() {
    var type = type();
    create(type, 0, 30);
    var written = new ArrayList<Integer>();

    var seen =
        scanned(
            type,
            4,
            () -> {
              int round = written.size();
              written.add(round);
              create(type, 100 + round, 101 + round);
              change(type, round);
              store().delete(key(type, 29 - round), version(type, 29 - round));
            });

    int rounds = written.size();
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen)
        .containsAll(IntStream.range(0, 30 - rounds).mapToObj(n -> key(type, n).id()).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_001})
  void limitWhenOutOfRangeIsRefused(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> store().scan(type(), null, limit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "999999.YQ", "0.YQ=="})
  void positionWhenNotOfAPageIsRefused(String from) {
    assertThatIllegalArgumentException().isThrownBy(() -> store().scan(type(), from, 10));
  }

  @Test
  void typeWhenNoneIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> store().scan("No Type", null, 10));
  }

  private List<String> scanned(String type, int limit, Runnable between) {
    var seen = new ArrayList<String>();
    @Nullable String from = null;
    do {
      var page = store().scan(type, from, limit);
      assertThat(page.objects()).hasSizeLessThanOrEqualTo(limit);
      page.objects().forEach(object -> seen.add(object.key().id()));
      from = page.next();
      between.run();
    } while (from != null);
    return seen;
  }

  private void create(String type, int from, int to) {
    for (int n = from; n < to; n++) {
      var _ = store().create(key(type, n), new byte[] {1}, null).orElseThrow();
    }
  }

  private void change(String type, int n) {
    var _ = store().replace(key(type, n), version(type, n), new byte[] {2}, null).orElseThrow();
  }

  private ObjectVersion version(String type, int n) {
    return store().get(key(type, n)).orElseThrow().version();
  }

  private static ObjectKey key(String type, int n) {
    return new ObjectKey(type, "object " + n);
  }
}
