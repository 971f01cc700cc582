package dev.myelin.storage;

import java.util.regex.Pattern;

/// What an object is found by.
///
/// @param type its type: kebab case, at most 100 characters
/// @param id its id within the type: 1 to 255 characters, none of them a control character or half
///   of a surrogate pair
public record ObjectKey(String type, String id) {

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST_TYPE = 100;
  private static final int LONGEST_ID = 255;

  /// Checks both.
  ///
  /// @throws IllegalArgumentException if one of them is not as said
  public ObjectKey {
    requireType(type);
    if (id.isEmpty() || id.length() > LONGEST_ID || id.codePoints().anyMatch(ObjectKey::unfit)) {
      throw new IllegalArgumentException(
          "'%s' is no id of an object of type '%s': expected 1 to %d characters, none of them a control character or half of a surrogate pair"
              .formatted(id, type, LONGEST_ID));
    }
  }

  /// Half a pair has no form in UTF-8: stores would write a question mark, the same for all of
  /// them.
  private static boolean unfit(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  /// Checks the name of a type.
  ///
  /// @throws IllegalArgumentException if it is none
  static void requireType(String type) {
    if (type.length() > LONGEST_TYPE || !TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no type of an object: expected kebab case, at most %d characters"
              .formatted(type, LONGEST_TYPE));
    }
  }

  @Override
  public String toString() {
    return type + "/" + id;
  }
}
