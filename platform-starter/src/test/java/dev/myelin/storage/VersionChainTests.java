package dev.myelin.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.storage.VersionChain.Link;
import org.junit.jupiter.api.Test;

/// The judge is judged: it has to see what a store that loses writes would do.
final class VersionChainTests {

  private final VersionChain chain = new VersionChain();
  private final Link first = chain.next(null);
  private final Link second = chain.next(first);
  private final Link third = chain.next(second);

  @Test
  void historyWhenOneChainHasNoFault() {
    chain.wrote(1, version(1), first);
    chain.read(2, object(1, first));
    chain.wrote(2, version(2), second);
    chain.wrote(1, version(3), third);

    assertThat(chain.faults(object(3, third))).isEmpty();
    assertThat(chain.confirmed()).isEqualTo(3);
  }

  @Test
  void versionWhenOfTwoStatesIsAFork() {
    chain.wrote(1, version(2), second);
    chain.wrote(2, version(2), chain.next(first));

    assertThat(chain.faults(object(2, second))).singleElement().asString().startsWith("fork");
  }

  @Test
  void stateWhenMadeOfAnOlderOneIsALostUpdate() {
    chain.wrote(1, version(1), first);
    chain.wrote(1, version(2), second);

    assertThat(chain.faults(object(3, chain.next(first))))
        .singleElement()
        .asString()
        .startsWith("lost update");
  }

  @Test
  void confirmedWriteWhenLaterThanTheLastIsLost() {
    chain.wrote(1, version(3), third);

    assertThat(chain.faults(object(2, second))).singleElement().asString().startsWith("lost");
  }

  @Test
  void readWhenOlderThanTheOneBeforeIsBackwards() {
    chain.read(1, object(2, second));
    chain.read(1, object(1, first));

    assertThat(chain.faults(object(2, second))).singleElement().asString().startsWith("backwards");
  }

  @Test
  void writeWhenItHappenedTwiceIsSeen() {
    chain.read(1, object(1, first));
    chain.read(1, object(3, first));

    assertThat(chain.faults(object(3, first))).singleElement().asString().startsWith("twice");
  }

  @Test
  void lifeWhenAnotherIsSeen() {
    chain.wrote(1, new ObjectVersion(8, 1), first);

    assertThat(chain.faults(object(1, first)))
        .singleElement()
        .asString()
        .startsWith("another life");
  }

  private static ObjectVersion version(long number) {
    return new ObjectVersion(7, number);
  }

  private static StoredObject object(long number, Link link) {
    return new StoredObject(new ObjectKey("chain", "1"), version(number), link.toBytes());
  }
}
