package dev.myelin.samples.guestbook;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Says now and then how many entries there are.
@Component
final class EntryCount {

  private static final Logger log = LoggerFactory.getLogger(EntryCount.class);

  private final EntryRepository entries;
  private final GuestbookProperties properties;

  EntryCount(EntryRepository entries, GuestbookProperties properties) {
    this.entries = entries;
    this.properties = properties;
  }

  @Scheduled(fixedRateString = "${guestbook.schedule-rate:1s}")
  void say() {
    GuestbookProperties.addProcessId(properties.scheduleLog());
    log.debug("entries={}", entries.count());
  }
}
