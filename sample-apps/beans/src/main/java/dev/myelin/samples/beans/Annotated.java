package dev.myelin.samples.beans;

import dev.myelin.CallContext;
import dev.myelin.Microservice;
import io.micrometer.observation.annotation.Observed;
import jakarta.validation.constraints.NotBlank;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.validation.annotation.Validated;

/// Services whose operations have other annotations, too.
final class Annotated {

  private Annotated() {}

  @Microservice
  static class Ledger {
    private final JdbcClient database;

    Ledger(JdbcClient database) {
      this.database = database;
    }

    @Transactional
    public void enter(String line, boolean fail) {
      database.sql("insert into ledger (line) values (?)").param(line).update();
      if (fail) {
        throw new IllegalStateException("refused " + line);
      }
    }

    public long lines() {
      return database.sql("select count(*) from ledger").query(Long.class).single();
    }
  }

  @Microservice
  static class Prices {
    private final AtomicInteger runs = new AtomicInteger();

    @Cacheable("prices")
    public String price(String item) {
      return item + " " + runs.incrementAndGet();
    }
  }

  @Microservice
  static class Background {
    @Async
    public CompletableFuture<String> thread() {
      return CompletableFuture.completedFuture(Thread.currentThread().getName());
    }
  }

  @Microservice
  static class Flaky {
    private final AtomicInteger runs = new AtomicInteger();

    @Retryable(delay = 1)
    public int third() {
      int run = runs.incrementAndGet();
      if (run < 3) {
        throw new IllegalStateException("run " + run);
      }
      return run;
    }
  }

  @Microservice
  static class Narrow {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @ConcurrencyLimit(1)
    public void pass() throws InterruptedException {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      new java.util.concurrent.CountDownLatch(1)
          .await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
      inside.decrementAndGet();
    }

    public int most() {
      return most.get();
    }
  }

  @Microservice
  @Validated
  static class Checked {
    public String greet(@NotBlank String name) {
      return "hello " + name;
    }
  }

  @Microservice
  static class Guarded {
    @PreAuthorize("hasRole('ADMIN')")
    public @Nullable String enter() {
      var authentication = SecurityContextHolder.getContext().getAuthentication();
      return authentication == null ? null : authentication.getName();
    }
  }

  @Microservice
  static class Watched {
    @Observed(name = "watched")
    public String look() {
      return "seen";
    }
  }

  @Microservice
  @Lazy
  static class Sluggish {
    public String wake() {
      return "awake";
    }
  }

  @Microservice
  @Profile("!absent")
  static class Present {
    public String answer() {
      return "here";
    }
  }

  @Microservice
  @Profile("absent")
  static class Absent {
    public String answer() {
      return "not here";
    }
  }

  @Microservice
  static class Aware {
    public String context() {
      return CallContext.current().values() + " " + LocaleContextHolder.getLocale();
    }
  }

  @Microservice
  static class Advised {
    public String plain() {
      return "plain";
    }
  }
}
