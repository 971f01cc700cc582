package dev.myelin.pubsub.membership;

import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipHash;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate.Change;
import dev.myelin.wire.MembershipUpdate.Change.Joined;
import dev.myelin.wire.MembershipUpdate.Change.Left;
import dev.myelin.wire.MembershipUpdate.Change.StateChanged;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LogEntryTests {

  private static final Member A = serving("x", "a");
  private static final Member AB = serving("x", "a", "b");
  private static final Member B = serving("x", "b");
  private static final InstanceId ID = A.instance().id();

  static Stream<Arguments> views() {
    var quarantined = A.withState(InstanceState.QUARANTINED);
    var named = A.withNamed(List.of("a"));
    return Stream.of(
        Arguments.of("joins", null, A, "a", new Joined(A)),
        Arguments.of("joins unseen", null, A, "b", null),
        Arguments.of("joins among all", null, A, "*", new Joined(A)),
        Arguments.of(
            "changes state", A, quarantined, "a", new StateChanged(ID, InstanceState.QUARANTINED)),
        Arguments.of("changes state unseen", A, quarantined, "b", null),
        Arguments.of("is named", A, named, "a", new Joined(named)),
        Arguments.of("is named unseen", A, named, "b", null),
        Arguments.of(
            "changes state with its name",
            named,
            named.withState(InstanceState.DRAINING),
            "a",
            new StateChanged(ID, InstanceState.DRAINING)),
        Arguments.of("leaves", A, null, "a", new Left(ID)),
        Arguments.of("leaves unseen", A, null, "b", null),
        Arguments.of("gains the service", A, AB, "b", new Joined(AB)),
        Arguments.of("gains another service", A, AB, "a", new Joined(AB)),
        Arguments.of("gives up the service", AB, B, "a", new Left(ID)),
        Arguments.of("gives up another service", AB, B, "b", new Joined(B)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void subscriberSeesItsOwnView(
      String name,
      @Nullable Member before,
      @Nullable Member after,
      String service,
      @Nullable Change seen) {
    var wanted = new MembershipSubscription(new InstanceId("me"), Set.of(service), null);
    var entry = new LogEntry(2, held(before), held(after));

    assertThat(entry.id()).isEqualTo(ID);
    assertThat(entry.seenBy(wanted).orElse(null)).as(name).isEqualTo(seen);
    assertThat(entry.hashStep(wanted)).isEqualTo(hash(after, wanted) - hash(before, wanted));
  }

  private static @Nullable Held held(@Nullable Member member) {
    return member == null ? null : Held.of(member);
  }

  private static long hash(@Nullable Member member, MembershipSubscription wanted) {
    return member == null || member.instance().services().stream().noneMatch(wanted::wants)
        ? 0
        : MembershipHash.of(List.of(member));
  }
}
