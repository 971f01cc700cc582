package dev.myelin.storage;

import java.util.regex.Pattern;

/// What an object is found by.
///
/// @param type its type: kebab case, at most 100 characters
/// @param id its id within the type: 1 to 255 characters, none of them a control character
public record ObjectKey(String type, String id) {

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST_TYPE = 100;
  private static final int LONGEST_ID = 255;

  /// Checks both.
  ///
  /// @throws IllegalArgumentException if one of them is not as said
  public ObjectKey {
    requireType(type);
    if (id.isEmpty() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "'%s' is no id of an object of type '%s': expected 1 to %d characters, none of them a control character"
              .formatted(id, type, LONGEST_ID));
    }
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
