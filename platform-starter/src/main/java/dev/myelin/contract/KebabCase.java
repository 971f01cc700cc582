package dev.myelin.contract;

import java.util.Locale;
import java.util.regex.Pattern;

/// Java identifiers in the form that service names and properties have: `PriceList` → `price-list`.
final class KebabCase {

  private static final Pattern WORD_END =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern SEPARATORS = Pattern.compile("[_$.\\s-]+");

  private KebabCase() {}

  /// Converts an identifier. Runs of capitals count as one word, `HTTPProxy` → `http-proxy`;
  /// underscores, dots and dollar signs separate words.
  ///
  /// @param identifier name of a type, a bean, a method or an attribute
  static String of(String identifier) {
    var separated = SEPARATORS.matcher(identifier).replaceAll("-");
    var hyphenated = WORD_END.matcher(separated).replaceAll("-").toLowerCase(Locale.ROOT);
    return hyphenated.replaceAll("^-+|-+$", "");
  }
}
