package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class LeaveNoticeTests {

  private static final InstanceId SELF = new InstanceId("price-list-x2x4z");
  private static final Set<InstanceId> ONE = Set.of(new InstanceId("shop-1"));
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Announcement> announced = new ArrayList<>();
  private final List<Long> asked = new ArrayList<>();
  private final Queue<Set<InstanceId>> pending = new ArrayDeque<>();
  private final Queue<Long> versions = new ArrayDeque<>();
  private int failures;
  private List<Instance> cores = List.of(Members.core("core-1", 1, 0, "myelin-pubsub"));

  private Object answer(String operation, Object[] arguments) {
    if (failures > 0) {
      failures--;
      throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "nobody writes");
    }
    if (operation.equals("announce")) {
      announced.add((Announcement) arguments[0]);
      return versions.size() > 1 ? versions.remove() : versions.element();
    }
    asked.add((Long) arguments[0]);
    return new Acknowledgement(
        (Long) arguments[0], pending.isEmpty() ? Set.of() : pending.remove());
  }

  private boolean say(Duration limit) throws InterruptedException {
    var pubsub =
        (PubSub)
            Proxy.newProxyInstance(
                PubSub.class.getClassLoader(),
                new Class<?>[] {PubSub.class},
                (_, method, arguments) -> answer(method.getName(), arguments));
    return new LeaveNotice(SELF, () -> pubsub, _ -> cores).say(limit);
  }

  @Test
  void noticeWhenAcknowledgedIsOver() throws InterruptedException {
    versions.add(7L);
    pending.addAll(List.of(ONE, ONE));

    assertThat(say(LONG)).isTrue();

    assertThat(announced)
        .containsOnly(new Announcement(SELF, Announcement.Change.LEAVE, "leaves", 0));
    assertThat(asked).containsExactly(7L, 7L, 7L);
  }

  @Test
  void noticeWhenPubSubHasChangedHandsIsSaidAgain() throws InterruptedException {
    // 7 was acknowledged, but the next writer did not know of it
    versions.addAll(List.of(7L, 4_294_967_301L));

    assertThat(say(LONG)).isTrue();

    assertThat(asked).containsExactly(7L, 4_294_967_301L);
    assertThat(announced).hasSize(3);
  }

  @Test
  void noticeWhenPubSubFailsIsSaidUntilItIsHeard() throws InterruptedException {
    versions.add(7L);
    failures = 3;

    assertThat(say(LONG)).isTrue();
  }

  @Test
  void noticeWhenSomebodyStaysSilentEndsAtItsLimitAndSaysWho(CapturedOutput output)
      throws InterruptedException {
    versions.add(7L);
    for (int i = 0; i < 1_000; i++) {
      pending.add(ONE);
    }

    assertThat(say(Duration.ofSeconds(2))).isFalse();

    assertThat(output.getOut())
        .contains("price-list-x2x4z leaves before everybody knows", "shop-1");
  }

  @Test
  void noticeWhenThereIsNoPubSubIsNotWaitedFor() throws InterruptedException {
    cores = List.of();

    assertThat(say(LONG)).isFalse();

    assertThat(announced).isEmpty();
  }
}
