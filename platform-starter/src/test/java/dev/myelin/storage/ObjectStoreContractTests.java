package dev.myelin.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every object store keeps: one caller at a time. Stores may be shared by tests, so each test
/// has ids of its own.
public abstract class ObjectStoreContractTests extends ObjectStoreScanContractTests {

  private static final ObjectVersion NEVER = new ObjectVersion(1, 1);

  /// Returns when that much time has passed for the store.
  ///
  /// @param time how much
  protected abstract void pass(Duration time);

  /// What the store under test was told to refuse.
  protected ObjectLimits limits() {
    return ObjectLimits.DEFAULT;
  }

  @Test
  void getWhenNothingIsThereFindsNothing() {
    assertThat(store().get(key())).isEmpty();
  }

  @Test
  void createWhenNothingIsThereMakesTheFirstVersion() {
    var key = key();

    var version = store().create(key, bytes("one"), null).orElseThrow();

    assertThat(version.number()).isEqualTo(1);
    assertThat(store().get(key)).contains(new StoredObject(key, version, bytes("one")));
  }

  @Test
  void createWhenSomethingIsThereChangesNothing() {
    var key = key();
    var version = store().create(key, bytes("one"), null).orElseThrow();

    assertThat(store().create(key, bytes("two"), null)).isEmpty();

    assertThat(store().get(key)).contains(new StoredObject(key, version, bytes("one")));
  }

  @Test
  void replaceWhenUnchangedMakesTheNextVersion() {
    var key = key();
    var first = store().create(key, bytes("one"), null).orElseThrow();

    var second = store().replace(key, first, bytes("two"), null).orElseThrow();

    assertThat(second).isEqualTo(first.next());
    assertThat(store().get(key)).contains(new StoredObject(key, second, bytes("two")));
  }

  @Test
  void replaceWhenChangedMeanwhileChangesNothing() {
    var key = key();
    var first = store().create(key, bytes("one"), null).orElseThrow();
    var second = store().replace(key, first, bytes("two"), null).orElseThrow();

    assertThat(store().replace(key, first, bytes("three"), null)).isEmpty();
    assertThat(store().replace(key, second.next(), bytes("four"), null)).isEmpty();

    assertThat(store().get(key)).contains(new StoredObject(key, second, bytes("two")));
  }

  @Test
  void replaceWhenNothingIsThereCreatesNothing() {
    var key = key();

    assertThat(store().replace(key, NEVER, bytes("one"), null)).isEmpty();

    assertThat(store().get(key)).isEmpty();
  }

  @Test
  void deleteWhenUnchangedForgets() {
    var key = key();
    var version = store().create(key, bytes("one"), null).orElseThrow();

    assertThat(store().delete(key, version)).isTrue();

    assertThat(store().get(key)).isEmpty();
    assertThat(store().delete(key, version)).isFalse();
  }

  @Test
  void deleteWhenChangedMeanwhileChangesNothing() {
    var key = key();
    var first = store().create(key, bytes("one"), null).orElseThrow();
    var _ = store().replace(key, first, bytes("two"), null).orElseThrow();

    assertThat(store().delete(key, first)).isFalse();
    assertThat(store().delete(key(), first)).isFalse();

    assertThat(store().get(key)).map(StoredObject::state).contains(bytes("two"));
  }

  @Test
  void versionOfAnEarlierLifeNeverPasses() {
    var key = key();
    var earlier = store().create(key, bytes("one"), null).orElseThrow();
    store().delete(key, earlier);

    var later = store().create(key, bytes("two"), null).orElseThrow();

    assertThat(later.life()).isNotEqualTo(earlier.life());
    assertThat(store().replace(key, earlier, bytes("three"), null)).isEmpty();
    assertThat(store().delete(key, earlier)).isFalse();
    assertThat(store().get(key)).contains(new StoredObject(key, later, bytes("two")));
  }

  @Test
  void objectWhenItsTimeIsOverIsForgotten() {
    var key = key();
    var version = created(key, Duration.ofSeconds(1));

    pass(Duration.ofSeconds(2));

    assertThat(store().get(key)).isEmpty();
    assertThat(store().scan(key.type(), null, 10).objects()).isEmpty();
    assertThat(store().replace(key, version, bytes("two"), null)).isEmpty();
    assertThat(store().delete(key, version)).isFalse();
    var again = store().create(key, bytes("three"), null).orElseThrow();
    assertThat(again.life()).isNotEqualTo(version.life());
    assertThat(store().get(key)).map(StoredObject::state).contains(bytes("three"));
  }

  @Test
  void timeToLiveIsThatOfTheLastWrite() {
    var lasting = key();
    var ending = key();
    var first = store().create(lasting, bytes("one"), Duration.ofSeconds(4)).orElseThrow();
    var second = store().create(ending, bytes("one"), null).orElseThrow();

    var _ = store().replace(lasting, first, bytes("two"), null).orElseThrow();
    var _ = store().replace(ending, second, bytes("two"), Duration.ofSeconds(1)).orElseThrow();
    pass(Duration.ofSeconds(5));

    assertThat(store().get(lasting)).isPresent();
    assertThat(store().get(ending)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "..", "/", "ä", "Ä", "a\u0308", "𝄞", "A", "a", "a ", "a%", "a_", "'", "\\", "?",
        "\uffff"
      })
  void idsWhenAlikeAreDifferentObjects(String id) {
    var key = new ObjectKey(type(), id);

    var _ = store().create(key, bytes(id), null).orElseThrow();

    assertThat(store().get(key)).map(StoredObject::key).contains(key);
    assertThat(store().scan(key.type(), null, 10).objects())
        .singleElement()
        .satisfies(object -> assertThat(object.key()).isEqualTo(key));
    assertThat(store().get(new ObjectKey(key.type(), id + id))).isEmpty();
  }

  @Test
  void keysWhenOnlyAlmostEqualAreDifferentObjects() {
    var type = type();
    for (var id : new String[] {"a", "A", "a ", " a", "ä", "a\u0308", "á"}) {
      assertThat(store().create(new ObjectKey(type, id), bytes(id), null)).isPresent();
    }

    assertThat(store().scan(type, null, 100).objects()).hasSize(7);
  }

  @Test
  void keyWhenAsLongAsItMayBeIsKept() {
    var type = type() + "-" + "x".repeat(100);
    var key = new ObjectKey(type.substring(0, 100), "\uffff".repeat(255));

    var _ = store().create(key, bytes("one"), null).orElseThrow();

    assertThat(store().get(key)).isPresent();
    assertThat(store().scan(key.type(), null, 1).objects()).hasSize(1);
  }

  @Test
  void stateWhenEmptyOrOfAnyBytesIsKept() {
    var empty = key();
    var random = key();
    var bytes = new byte[4_096];
    new Random(7).nextBytes(bytes);

    var _ = store().create(empty, new byte[0], null).orElseThrow();
    var _ = store().create(random, bytes, null).orElseThrow();

    assertThat(store().get(empty)).map(StoredObject::state).contains(new byte[0]);
    assertThat(store().get(random)).map(StoredObject::state).contains(bytes);
  }

  @Test
  void stateWhenAtTheLimitIsKeptAndOneByteMoreIsRefused() {
    var key = key();
    var largest = new byte[(int) limits().maxStateSize()];
    new Random(7).nextBytes(largest);

    var version = store().create(key, largest, null).orElseThrow();

    assertThat(store().get(key)).map(StoredObject::state).contains(largest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().create(key(), new byte[largest.length + 1], null))
        .withMessageContaining("myelin.objects.max-state-size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().replace(key, version, new byte[largest.length + 1], null));
  }

  @Test
  void stateWhenItsArrayIsChangedAfterwardsIsWhatWasGiven() {
    var key = key();
    var state = bytes("one");

    var _ = store().create(key, state, null).orElseThrow();
    state[0] = 'X';

    assertThat(store().get(key)).map(StoredObject::state).contains(bytes("one"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999S", "PT-1S", "PT87601H", "PT2562047788015215H"})
  void timeToLiveWhenTooShortOrTooLongIsRefused(Duration timeToLive) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().create(key(), bytes("one"), timeToLive));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().replace(key(), NEVER, bytes("one"), timeToLive));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT1.5S", "PT87600H"})
  void timeToLiveWhenAtTheLimitsIsTaken(Duration timeToLive) {
    assertThat(created(key(), timeToLive).number()).isEqualTo(1);
  }

  /// Creates an object and finds it, unless its time was over before it could be looked for.
  protected final ObjectVersion created(ObjectKey key, Duration timeToLive) {
    long start = System.nanoTime();
    var version = store().create(key, bytes("one"), timeToLive).orElseThrow();
    boolean found = store().get(key).isPresent();
    assertThat(found || System.nanoTime() - start >= timeToLive.toNanos()).isTrue();
    return version;
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
