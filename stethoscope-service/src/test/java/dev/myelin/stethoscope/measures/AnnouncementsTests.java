package dev.myelin.stethoscope.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.VirtualScheduler;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class AnnouncementsTests {

  private static final Announcement QUARANTINE = announcement("a-1", Change.QUARANTINE);
  private static final Announcement RELEASE = announcement("a-1", Change.RELEASE);
  private static final Announcement OTHER = announcement("b-1", Change.QUARANTINE);

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final AnnouncedPubSub pubsub = new AnnouncedPubSub();
  private final Deque<Runnable> calls = new ArrayDeque<>();
  private final Announcements announcements = new Announcements(pubsub, calls::add, scheduler);

  private static Announcement announcement(String id, Change change) {
    return new Announcement(new InstanceId(id), change, "test", 0);
  }

  private void runCalls() {
    for (int call = calls.size(); call > 0; call--) {
      calls.remove().run();
    }
    scheduler.runDue();
  }

  @Test
  void announcementIsSentOnce() {
    announcements.say(QUARANTINE);
    runCalls();
    scheduler.advance(Duration.ofSeconds(5));
    runCalls();

    assertThat(pubsub.announced).containsExactly(QUARANTINE);
  }

  @Test
  void sameAnnouncementCanBeMadeAgainLater() {
    announcements.say(QUARANTINE);
    runCalls();
    announcements.say(QUARANTINE);
    runCalls();

    assertThat(pubsub.announced).containsExactly(QUARANTINE, QUARANTINE);
  }

  @Test
  void nextAnnouncementWaitsForTheOneUnderWay() {
    announcements.say(QUARANTINE);
    announcements.say(RELEASE);
    announcements.say(OTHER);
    assertThat(calls).hasSize(2);
    runCalls();
    runCalls();

    assertThat(pubsub.announced).containsExactly(QUARANTINE, OTHER, RELEASE);
  }

  @Test
  void announcementIsRepeatedUntilPubsubTakesIt(CapturedOutput output) {
    pubsub.away = true;
    announcements.say(QUARANTINE);
    for (int attempt = 0; attempt < 5; attempt++) {
      runCalls();
      scheduler.advance(Duration.ofMillis(500));
    }
    assertThat(output).containsOnlyOnce("Pubsub does not take announcements");

    pubsub.away = false;
    runCalls();

    assertThat(pubsub.announced).containsExactly(QUARANTINE);
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(calls).isEmpty();
  }

  @Test
  void whatIsOutOfDateIsNotSent() {
    pubsub.away = true;
    announcements.say(QUARANTINE);
    runCalls();
    announcements.say(RELEASE);
    pubsub.away = false;
    runCalls();
    scheduler.advance(Duration.ofSeconds(5));
    runCalls();

    assertThat(pubsub.announced).containsExactly(RELEASE);
  }

  @Test
  void instanceThatIsGoneIsNotAnnounced() {
    pubsub.away = true;
    announcements.say(QUARANTINE);
    runCalls();
    announcements.forget(QUARANTINE.id());
    pubsub.away = false;
    scheduler.advance(Duration.ofSeconds(5));
    runCalls();

    assertThat(pubsub.announced).isEmpty();
  }
}
