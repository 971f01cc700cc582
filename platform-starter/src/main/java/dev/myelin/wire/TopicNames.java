package dev.myelin.wire;

import java.util.regex.Pattern;

/// Which names topics, groups and publications may have: those that every broker can carry.
public final class TopicNames {

  /// What the name of a dead-letter topic ends with.
  public static final String DEAD_LETTER = ".dead-letter";

  /// Most characters of a name, so that a dead-letter topic's is a valid file name too.
  public static final int LONGEST = 128;

  // a publication's own and that of its dead letter, which names a group too
  private static final int LONGEST_ID = 512;
  private static final int LONGEST_HEADER = 1024;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]+");

  private TopicNames() {}

  /// Whether that is the name of a topic or group.
  ///
  /// @param name any text
  public static boolean valid(String name) {
    return name.length() <= LONGEST + DEAD_LETTER.length() && NAME.matcher(name).matches();
  }

  /// Checks a name.
  ///
  /// @param what of what it is the name
  /// @param name the name
  /// @throws IllegalArgumentException if it is not valid
  public static void require(String what, String name) {
    if (!valid(name)) {
      throw new IllegalArgumentException(
          ("'%s' is no name of a %s: it must be words of letters, digits, hyphens and underscores,"
                  + " separated by single dots, of at most %d characters")
              .formatted(name, what, LONGEST));
    }
  }

  /// Checks the id of a publication.
  ///
  /// @param id the id
  /// @throws IllegalArgumentException if it is not valid
  public static void requireId(String id) {
    if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no id of a publication: it must be of printable ASCII characters without spaces, at most %d"
              .formatted(id, LONGEST_ID));
    }
  }

  /// Name of the topic to which goes what could not be handled.
  ///
  /// @param topic name of a topic
  public static String deadLetter(String topic) {
    return topic + DEAD_LETTER;
  }

  /// Whether that is the name of a dead-letter topic, of which nothing goes to another one.
  ///
  /// @param topic name of a topic
  public static boolean deadLetters(String topic) {
    return topic.endsWith(DEAD_LETTER);
  }

  /// A text as it can stand in a header of every broker: one line, of bounded length.
  ///
  /// @param text any text
  public static String headerValue(String text) {
    var line = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    return line.substring(0, Math.min(line.length(), LONGEST_HEADER));
  }
}
