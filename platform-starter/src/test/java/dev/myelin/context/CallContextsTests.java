package dev.myelin.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallContext;
import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.wire.ContextFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

final class CallContextsTests {

  private final CallContexts contexts =
      new CallContexts(List.of(new LocaleCarrier(), new AuthenticationCarrier()));

  @AfterEach
  void clear() {
    LocaleContextHolder.resetLocaleContext();
    SecurityContextHolder.clearContext();
  }

  @Test
  void captureWhenThereIsNothingIsTheOneEmptyContext() {
    assertThat(contexts.capture()).isSameAs(ContextFields.EMPTY);
  }

  @Test
  void localeAndTimeZoneComeBackAndAreGoneAfterwards() throws Exception {
    LocaleContextHolder.setLocale(Locale.CANADA_FRENCH);
    LocaleContextHolder.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
    var fields = contexts.capture();
    clear();

    var seen =
        contexts.during(
            fields,
            () ->
                LocaleContextHolder.getLocale() + " " + LocaleContextHolder.getTimeZone().getID());

    assertThat(seen).isEqualTo("fr_CA Asia/Tokyo");
    assertThat(LocaleContextHolder.getLocaleContext()).isNull();
  }

  @Test
  void authenticationComesBackByNameAndAuthoritiesAndIsGoneWhenTheTaskThrows() {
    login("ada", "ROLE_ADMIN", "read");
    var fields = contexts.capture();
    clear();
    var seen = new ArrayList<Object>();

    assertThatExceptionOfType(java.io.IOException.class)
        .isThrownBy(() ->
            contexts.during(
                fields,
                () -> {
                  var authentication =
                      Objects.requireNonNull(
                          SecurityContextHolder.getContext().getAuthentication());
                  seen.add(authentication.getName());
                  seen.addAll(AuthorityUtils.authorityListToSet(authentication.getAuthorities()));
                  seen.add(String.valueOf(authentication.getCredentials()));
                  throw new java.io.IOException("after all");
                }));

    assertThat(seen).containsExactlyInAnyOrder("ada", "ROLE_ADMIN", "read", "null");
    assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
  }

  @Test
  void anonymousAuthenticationStaysAnonymous() throws Exception {
    SecurityContextHolder.getContext()
        .setAuthentication(
            new AnonymousAuthenticationToken(
                "key", "guest", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
    var fields = contexts.capture();
    clear();

    Object seen =
        contexts.during(fields, () -> SecurityContextHolder.getContext().getAuthentication());

    assertThat(seen)
        .isInstanceOfSatisfying(
            AnonymousAuthenticationToken.class,
            token -> assertThat(token.getName()).isEqualTo("guest"));
  }

  @Test
  void authenticationThatIsNotAuthenticatedIsNotCarried() {
    SecurityContextHolder.getContext()
        .setAuthentication(UsernamePasswordAuthenticationToken.unauthenticated("ada", "secret"));

    assertThat(contexts.capture()).isSameAs(ContextFields.EMPTY);
  }

  @Test
  void ownKeysComeBackAndAreGoneAfterwards() throws Exception {
    var fields =
        CallContext.current().with("tenant", "acme").with("empty", "").during(contexts::capture);

    var seen = contexts.during(fields, () -> CallContext.current().values());

    assertThat(seen).isEqualTo(Map.of("tenant", "acme", "empty", ""));
    assertThat(CallContext.current().values()).isEmpty();
  }

  @Test
  void captureWhenACarrierBringsTooMuchSaysThatTheCallDidNotRun() {
    var greedy = new Recording("x".repeat(ContextFields.MAX_BYTES), new ArrayList<>());

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> new CallContexts(List.of(greedy)).capture())
        .withMessageContaining("16384")
        .satisfies(e -> assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN));
  }

  @Test
  void scopesAreClosedInReverseAlsoWhenOneFailsAndWhenACarrierRefuses() {
    var events = new ArrayList<String>();
    var first = new Recording("first", events);
    var second = new Recording("second", events);
    ContextCarrier refusing =
        new ContextCarrier() {
          @Override
          public ContextFields write() {
            return ContextFields.EMPTY;
          }

          @Override
          public ContextScope restore(ContextFields fields) {
            throw new IllegalStateException("not today");
          }
        };

    assertThatExceptionOfType(UnusableContextException.class)
        .isThrownBy(() ->
            new CallContexts(List.of(first, second, refusing))
                .during(ContextFields.of("a", "b"), () -> events.add("task")))
        .withMessageContaining("not today");

    assertThat(events).containsExactly("+first", "+second", "-second", "-first");
  }

  @Test
  void keysThatArriveBeyondTheLimitsAreRefusedBeforeTheTaskRuns() {
    var fields = new ArrayList<ContextFields.Field>();
    for (int i = 0; i <= CallContext.MAX_KEYS; i++) {
      fields.add(new ContextFields.Field("key." + i, ""));
    }
    var ran = new ArrayList<String>();

    assertThatExceptionOfType(UnusableContextException.class)
        .isThrownBy(() -> contexts.during(new ContextFields(fields), () -> ran.add("task")));

    assertThat(ran).isEmpty();
  }

  private static void login(String name, String... authorities) {
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                name, "secret", AuthorityUtils.createAuthorityList(authorities)));
  }

  private record Recording(String name, List<String> events) implements ContextCarrier {
    @Override
    public ContextFields write() {
      return ContextFields.of("test.name", name);
    }

    @Override
    public ContextScope restore(ContextFields fields) {
      events.add("+" + name);
      return () -> events.add("-" + name);
    }
  }
}
