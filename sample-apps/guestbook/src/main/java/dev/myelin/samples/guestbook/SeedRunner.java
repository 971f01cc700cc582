package dev.myelin.samples.guestbook;

import java.time.Clock;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Writes the first entry into an empty book.
@Component
final class SeedRunner implements ApplicationRunner {

  private final EntryRepository entries;
  private final Clock clock;
  private final GuestbookProperties properties;

  SeedRunner(EntryRepository entries, Clock clock, GuestbookProperties properties) {
    this.entries = entries;
    this.clock = clock;
    this.properties = properties;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    GuestbookProperties.addProcessId(properties.runnerLog());
    if (entries.count() == 0) {
      entries.save(new Entry("the house", "Welcome, and do write something.", clock.instant()));
    }
  }
}
