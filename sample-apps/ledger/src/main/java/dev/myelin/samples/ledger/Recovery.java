package dev.myelin.samples.ledger;

import dev.myelin.CallException;
import dev.myelin.object.ObjectSpace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Ends the transfers that were left half-way. Each is remembered by the account that its money has
/// left; one of which nothing has moved may be forgotten.
@Component
class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final int PAGE = 100;

  private final ObjectSpace objects;
  private final Bank bank;

  Recovery(ObjectSpace objects, Bank bank) {
    this.objects = objects;
    this.bank = bank;
  }

  /// Looks through all accounts.
  ///
  /// @return how many transfers were ended
  int recover() {
    int ended = 0;
    @Nullable String next = null;
    do {
      var page = objects.list(Account.class, next, PAGE);
      for (var account : page.objects()) {
        for (var transfer : account.leaving()) {
          bank.resume(transfer);
          ended++;
        }
      }
      next = page.next();
    } while (next != null);
    return ended;
  }

  @Scheduled(fixedDelayString = "${ledger.recovery-interval:10s}")
  void recoverNow() {
    try {
      int ended = recover();
      if (ended > 0) {
        log.info("transfers ended={}", ended);
      }
    } catch (CallException e) {
      log.warn("Transfers left half-way stay so until the next time.", e);
    }
  }
}
