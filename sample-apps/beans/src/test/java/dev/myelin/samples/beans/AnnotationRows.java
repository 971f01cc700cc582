package dev.myelin.samples.beans;

import static dev.myelin.samples.beans.Row.thrown;

import dev.myelin.CallContext;
import dev.myelin.callpath.Sides;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/// Beans with other annotations.
final class AnnotationRows {

  private AnnotationRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "`@Transactional`",
            "`IllegalStateException: refused a`; 0 lines after it, 1 after a good one",
            AnnotationRows::transactional),
        new Row(
            "`@Cacheable`", "ran once for two calls: milk 1, milk 1", AnnotationRows::cacheable),
        new Row("`@Async`", "ran on the executor: true", AnnotationRows::async),
        new Row(
            "`@Retryable`",
            "answered at run 3",
            sides -> "answered at run " + sides.caller().getBean(Annotated.Flaky.class).third()),
        new Row("`@ConcurrencyLimit(1)`", "8 calls at once, 1 inside", AnnotationRows::limited),
        new Row(
            "`@Validated`",
            "hello Ada, then `ConstraintViolationException: greet.name: must not be blank`",
            AnnotationRows::validated),
        new Row(
            "the violations of `ConstraintViolationException`",
            "1: greet.name must not be blank",
            AnnotationRows::violations),
        new Row(
            "`@PreAuthorize`",
            "ada with ROLE_ADMIN; `AuthorizationDeniedException: Access Denied` with ROLE_USER;"
                + " nobody on the host's thread afterwards",
            AnnotationRows::guarded),
        new Row("`@Observed`", "seen, timed 1 time", AnnotationRows::observed),
        new Row("`@Lazy`", "made before the call: false, after it: true", AnnotationRows::lazy),
        new Row("`@Profile`", "here; beans of the other profile: 0", AnnotationRows::profile),
        new Row(
            "an aspect of the application",
            "[plain]",
            sides -> sides.caller().getBean(Annotated.Advised.class).plain()),
        new Row(
            "`CallContext` and locale of the caller",
            "{tenant=acme} fr_CA",
            AnnotationRows::context));
  }

  private static String transactional(Sides sides) {
    var ledger = sides.caller().getBean(Annotated.Ledger.class);
    var refused =
        thrown(() -> {
          ledger.enter("a", true);
          return "nothing";
        });
    long after = ledger.lines();
    ledger.enter("b", false);
    return "%s; %d lines after it, %d after a good one".formatted(refused, after, ledger.lines());
  }

  private static String cacheable(Sides sides) {
    var prices = sides.caller().getBean(Annotated.Prices.class);
    return "ran once for two calls: %s, %s".formatted(prices.price("milk"), prices.price("milk"));
  }

  private static String async(Sides sides) throws Exception {
    var thread =
        sides.caller().getBean(Annotated.Background.class).thread().get(20, TimeUnit.SECONDS);
    return "ran on the executor: " + thread.startsWith("task-");
  }

  private static String limited(Sides sides) throws Exception {
    var narrow = sides.caller().getBean(Annotated.Narrow.class);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<?>>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            threads.submit(() -> {
              narrow.pass();
              return "passed";
            }));
      }
      for (var call : calls) {
        call.get(20, TimeUnit.SECONDS);
      }
    }
    return "8 calls at once, %d inside".formatted(narrow.most());
  }

  private static String validated(Sides sides) {
    var checked = sides.caller().getBean(Annotated.Checked.class);
    return checked.greet("Ada") + ", then " + thrown(() -> checked.greet(" "));
  }

  private static String violations(Sides sides) {
    try {
      return sides.caller().getBean(Annotated.Checked.class).greet(" ");
    } catch (ConstraintViolationException e) {
      return e.getConstraintViolations().stream()
          .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
          .collect(Collectors.joining(", ", e.getConstraintViolations().size() + ": ", ""));
    }
  }

  private static String guarded(Sides sides) throws Exception {
    var guarded = sides.caller().getBean(Annotated.Guarded.class);
    var admin = as("ROLE_ADMIN", guarded::enter);
    var user = as("ROLE_USER", () -> thrown(guarded::enter));
    var left = SecurityContextHolder.getContext().getAuthentication();
    return "%s with ROLE_ADMIN; %s with ROLE_USER; %s on the host's thread afterwards"
        .formatted(admin, user, left == null ? "nobody" : left.getName());
  }

  private static String as(String authority, Callable<String> task) throws Exception {
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                "ada", null, AuthorityUtils.createAuthorityList(authority)));
    try {
      return task.call();
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private static String observed(Sides sides) {
    var seen = sides.caller().getBean(Annotated.Watched.class).look();
    var timer = sides.host().getBean(MeterRegistry.class).find("watched").timer();
    return "%s, timed %d time".formatted(seen, timer == null ? 0 : timer.count());
  }

  private static String lazy(Sides sides) {
    var beans = sides.host().getBeanFactory();
    var name = beans.getBeanNamesForType(Annotated.Sluggish.class, true, false)[0];
    boolean before = beans.containsSingleton(name);
    var bean = sides.caller().getBean(Annotated.Sluggish.class);
    bean.wake();
    return "made before the call: %s, after it: %s"
        .formatted(before, beans.containsSingleton(name));
  }

  private static String profile(Sides sides) {
    return "%s; beans of the other profile: %d"
        .formatted(
            sides.caller().getBean(Annotated.Present.class).answer(),
            sides.caller().getBeanNamesForType(Annotated.Absent.class).length);
  }

  private static String context(Sides sides) throws Exception {
    LocaleContextHolder.setLocale(Locale.CANADA_FRENCH);
    try {
      return CallContext.current()
          .with("tenant", "acme")
          .during(() -> sides.caller().getBean(Annotated.Aware.class).context());
    } finally {
      LocaleContextHolder.resetLocaleContext();
    }
  }
}
