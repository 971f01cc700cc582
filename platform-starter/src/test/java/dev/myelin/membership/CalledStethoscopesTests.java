package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Stethoscope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CalledStethoscopesTests {

  private static final InstanceId ME = new InstanceId("prices-7");
  private static final Heartbeat BEAT = new Heartbeat(ME, 1, List.of(), CallTotals.NONE);

  private final List<String> made = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private Snapshot living = Snapshot.EMPTY;
  private final CalledStethoscopes line = new CalledStethoscopes(ME, () -> living, this::standIn);

  private Stethoscope standIn(Instance process) {
    made.add(process.id().value());
    return new Stethoscope() {
      @Override
      public void beat(Heartbeat heartbeat) {
        if (process.id().value().equals("core-3")) {
          throw new IllegalStateException("away");
        }
        heard.add(process.id() + " " + heartbeat.sequence());
      }

      @Override
      public List<Reading> readings() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Opinion opinion(Instance instance) {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean listening() {
        throw new UnsupportedOperationException();
      }
    };
  }

  private void live(long version, String... ids) {
    living =
        new Snapshot(
            version,
            Stream.of(ids)
                .map(id -> new Member(Members.instance(id, "s"), InstanceState.SERVING))
                .toList());
  }

  @Test
  void nobodyIsRankedBeforeAnyIsFound() {
    assertThat(line.ranked()).isEmpty();
  }

  @Test
  void ranksAreThoseOfRendezvousAndFollowTheSnapshot() {
    live(1, "core-0", "core-1", "core-2", "core-3");
    assertThat(line.ranked())
        .isEqualTo(
            new Rendezvous(
                    Stream.of("core-0", "core-1", "core-2", "core-3").map(InstanceId::new).toList())
                .ranked(ME));
    assertThat(line.ranked()).isSameAs(line.ranked());

    live(2, "core-2", "core-4");
    assertThat(line.ranked()).extracting(InstanceId::value).containsOnly("core-2", "core-4");
    assertThat(made).containsExactlyInAnyOrder("core-0", "core-1", "core-2", "core-3", "core-4");
  }

  @Test
  void beatIsACallOfThatStethoscope() {
    live(1, "core-1", "core-3");
    line.ranked();

    assertThat(line.beat(new InstanceId("core-1"), BEAT)).isCompleted();
    assertThat(line.beat(new InstanceId("core-3"), BEAT)).isCompletedExceptionally();
    assertThat(line.beat(new InstanceId("core-9"), BEAT)).isCompletedExceptionally();
    assertThat(heard).containsExactly("core-1 1");
  }
}
