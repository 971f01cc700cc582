package dev.myelin.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a page of a scan begins, as adapters write it into [ObjectPage#next()].
///
/// It names the object before the page and not how many came before it, so that what is written
/// between two pages moves no object from one page to another.
///
/// @param bucket part of the type that is being read, 0 where the store has no parts
/// @param after id of the last object that was seen there; empty at the part's beginning
public record ScanPosition(int bucket, String after) {

  /// The beginning of a type.
  public static final ScanPosition START = new ScanPosition(0, "");

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})\\.([0-9A-Za-z_-]{0,1100})");

  /// Reads what [#toString()] has written.
  ///
  /// @param text a position; null for the beginning
  /// @param buckets how many parts a type has in the store
  /// @throws IllegalArgumentException if it is none
  public static ScanPosition parse(@Nullable String text, int buckets) {
    if (text == null) {
      return START;
    }
    var found = TEXT.matcher(text);
    if (!found.matches()) {
      throw invalid(text);
    }
    try {
      var position =
          new ScanPosition(
              Integer.parseInt(found.group(1)),
              new String(Base64.getUrlDecoder().decode(found.group(2)), StandardCharsets.UTF_8));
      if (position.bucket < buckets && position.toString().equals(text)) {
        return position;
      }
    } catch (IllegalArgumentException notBase64) {
      // said below
    }
    throw invalid(text);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "'%s' is no place where a page begins: expected what the page before said".formatted(text));
  }

  @Override
  public String toString() {
    return bucket
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(after.getBytes(StandardCharsets.UTF_8));
  }
}
