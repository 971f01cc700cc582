package dev.myelin.samples.shapes.failure;

import dev.myelin.samples.shapes.ScenarioSet;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Asks the accounts for what they refuse.
@Component
final class FailureScenarios implements ScenarioSet {

  private static final BigDecimal MUCH = new BigDecimal("250.00");
  private static final BigDecimal LITTLE = new BigDecimal("0.5");

  private final Accounts accounts;

  FailureScenarios(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Map<String, Scenario> scenarios() {
    var scenarios = new HashMap<String, Scenario>();
    scenarios.put("failure.none", () -> accounts.withdraw("ada", LITTLE));
    scenarios.put("failure.own-checked", () -> accounts.withdraw("ada", MUCH));
    scenarios.put("failure.own-unchecked", () -> accounts.withdraw("eve", MUCH));
    scenarios.put("failure.jdk-with-cause", () -> accounts.parse("a lot"));
    scenarios.put("failure.three-causes-deep", () -> accounts.books(1999));
    scenarios.put(
        "failure.nested-without-message",
        () -> {
          accounts.close(null);
          return "closed";
        });
    scenarios.put(
        "failure.error",
        () -> {
          accounts.audit(MUCH);
          return "correct";
        });
    scenarios.put("failure.future", this::failureOfFuture);
    scenarios.put("failure.caught-and-gone-on", this::halveUntilGranted);
    return scenarios;
  }

  private String failureOfFuture() throws Exception {
    return accounts
        .withdrawLater("bob", LITTLE)
        .handle((left, failure) -> failure == null ? "left " + left : failure.toString())
        .get(10, TimeUnit.SECONDS);
  }

  private String halveUntilGranted() {
    for (var amount = MUCH; ; amount = amount.divide(BigDecimal.TWO)) {
      try {
        return "left %s after %s".formatted(accounts.withdraw("ada", amount), amount);
      } catch (InsufficientFunds _) {
        // ask for less
      }
    }
  }
}
