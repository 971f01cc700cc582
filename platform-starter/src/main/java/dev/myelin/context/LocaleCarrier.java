package dev.myelin.context;

import dev.myelin.wire.ContextFields;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TimeZone;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;

/// Carries locale and time zone of Spring's [LocaleContextHolder], where the calling thread has
/// any. Thread-safe.
public final class LocaleCarrier implements ContextCarrier {

  private static final String LOCALE = "locale";
  private static final String TIME_ZONE = "time-zone";

  /// Carries nothing yet.
  public LocaleCarrier() {}

  @Override
  public ContextFields write() {
    var context = LocaleContextHolder.getLocaleContext();
    if (context == null) {
      return ContextFields.EMPTY;
    }
    var fields = new ArrayList<ContextFields.Field>(2);
    var locale = context.getLocale();
    if (locale != null) {
      fields.add(new ContextFields.Field(LOCALE, locale.toLanguageTag()));
    }
    var zone = context instanceof TimeZoneAwareLocaleContext aware ? aware.getTimeZone() : null;
    if (zone != null) {
      fields.add(new ContextFields.Field(TIME_ZONE, zone.getID()));
    }
    return new ContextFields(fields);
  }

  @Override
  public ContextScope restore(ContextFields fields) {
    var locale = fields.first(LOCALE).map(Locale::forLanguageTag).orElse(null);
    var zone = fields.first(TIME_ZONE).map(TimeZone::getTimeZone).orElse(null);
    if (locale == null && zone == null) {
      return ContextScope.NONE;
    }
    LocaleContextHolder.setLocaleContext(
        zone == null
            ? new SimpleLocaleContext(locale)
            : new SimpleTimeZoneAwareLocaleContext(locale, zone));
    return LocaleContextHolder::resetLocaleContext;
  }
}
