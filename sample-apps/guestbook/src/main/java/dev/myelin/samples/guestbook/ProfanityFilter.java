package dev.myelin.samples.guestbook;

import dev.myelin.Microservice;
import java.util.regex.Pattern;

/// Covers rude words with asterisks.
///
/// The one bean of this application that may live in a process of its own. It depends on nothing
/// but a property, so that process needs neither the database nor the controllers. Stateless and
/// safe for use by several threads.
// snippet: filter
@Microservice(idempotent = true)
public class ProfanityFilter {

  // end snippet
  private static final Pattern RUDE =
      Pattern.compile("\\b(?:blast|darn|drat|heck)\\b", Pattern.CASE_INSENSITIVE);

  /// Creates one, and leaves a trace of it.
  ///
  /// @param properties where to
  ProfanityFilter(GuestbookProperties properties) {
    GuestbookProperties.addProcessId(properties.serviceLog());
  }

  /// Cleans a text.
  ///
  /// @param text what a guest wrote
  /// @return the same text, each letter of a rude word an asterisk
  // snippet: filter
  public String clean(String text) {
    return RUDE.matcher(text).replaceAll(word -> "*".repeat(word.group().length()));
  }
}
// end snippet
