package dev.myelin.storage;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Which state of an object: the first after its creation has the number 1, each write adds one. An
/// object that is deleted and created again has another life, so that a version of the old one
/// never passes for one of the new.
///
/// @param life drawn at random when the object is created; greater than 0
/// @param number of the state within that life; greater than 0
public record ObjectVersion(long life, long number) {

  private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,13})-([0-9]{1,19})");

  /// Checks both.
  ///
  /// @throws IllegalArgumentException if one of them is not greater than 0
  public ObjectVersion {
    if (life <= 0 || number <= 0) {
      throw new IllegalArgumentException(
          "life %d and number %d: expected both to be greater than 0".formatted(life, number));
    }
  }

  /// The first version of a new object.
  ///
  /// @param random what the life is drawn from
  public static ObjectVersion first(RandomGenerator random) {
    return new ObjectVersion(random.nextLong(1, Long.MAX_VALUE), 1);
  }

  /// The version after one write.
  public ObjectVersion next() {
    return new ObjectVersion(life, number + 1);
  }

  /// Whether it is a later state of the same life.
  ///
  /// @param other compared with
  public boolean after(ObjectVersion other) {
    return life == other.life && number > other.number;
  }

  /// Reads what [#toString()] has written.
  ///
  /// @param text a version as text
  /// @throws IllegalArgumentException if it is none
  public static ObjectVersion parse(String text) {
    var found = TEXT.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no version of an object: expected one such as '1y2p0ij32e8e7-4'"
              .formatted(text));
    }
    try {
      return new ObjectVersion(
          Long.parseLong(found.group(1), Character.MAX_RADIX), Long.parseLong(found.group(2)));
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException(
          "'%s' is no version of an object: a number in it is too large".formatted(text), tooLarge);
    }
  }

  @Override
  public String toString() {
    return Long.toString(life, Character.MAX_RADIX) + "-" + number;
  }
}
