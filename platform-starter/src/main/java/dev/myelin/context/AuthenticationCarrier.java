package dev.myelin.context;

import dev.myelin.wire.ContextFields;
import java.util.ArrayList;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/// Carries who calls, as Spring Security knows it: the principal's name and the authorities' texts.
///
/// Neither credentials nor details go along, nor the principal's own object. The serving side makes
/// tokens of two kinds only: an [AnonymousAuthenticationToken] where the caller had one, else an
/// authenticated [UsernamePasswordAuthenticationToken] whose principal is the name. An
/// authentication that is not authenticated is not carried. The serving side believes the calling
/// one, so both must be within one trust. Thread-safe.
public final class AuthenticationCarrier implements ContextCarrier {

  private static final String NAME = "auth";
  private static final String ANONYMOUS = "auth.anonymous";
  private static final String AUTHORITY = "authority";

  /// Carries nothing yet.
  public AuthenticationCarrier() {}

  @Override
  public ContextFields write() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null || !authentication.isAuthenticated()) {
      return ContextFields.EMPTY;
    }
    var fields = new ArrayList<ContextFields.Field>();
    fields.add(
        new ContextFields.Field(
            authentication instanceof AnonymousAuthenticationToken ? ANONYMOUS : NAME,
            authentication.getName()));
    for (var granted : authentication.getAuthorities()) {
      // one without a text is a decision of its own class, and what is left out grants nothing
      var text = granted.getAuthority();
      if (text != null && !text.isEmpty()) {
        fields.add(new ContextFields.Field(AUTHORITY, text));
      }
    }
    return new ContextFields(fields);
  }

  @Override
  public ContextScope restore(ContextFields fields) {
    var authentication = authentication(fields);
    if (authentication == null) {
      return ContextScope.NONE;
    }
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(authentication);
    SecurityContextHolder.setContext(context);
    return SecurityContextHolder::clearContext;
  }

  private static @org.jspecify.annotations.Nullable Authentication authentication(
      ContextFields fields) {
    var authorities =
        fields.all(AUTHORITY).stream()
            .filter(text -> !text.isEmpty())
            .<GrantedAuthority>map(SimpleGrantedAuthority::new)
            .toList();
    var name = fields.first(NAME);
    if (name.isPresent()) {
      return UsernamePasswordAuthenticationToken.authenticated(name.get(), null, authorities);
    }
    var anonymous = fields.first(ANONYMOUS).filter(text -> !text.isEmpty());
    return anonymous.isPresent() && !authorities.isEmpty()
        ? new AnonymousAuthenticationToken("myelin", anonymous.get(), authorities)
        : null;
  }
}
