package dev.myelin.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// Identifies one running process; never used again after that process has ended.
///
/// @param value lower-case letters, digits, dots and hyphens, at most 100 characters
public record InstanceId(@JsonValue String value) implements Comparable<InstanceId> {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");

  /// Checks the form: ids become file names and host names.
  @JsonCreator
  public InstanceId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Instance id '%s' must match %s".formatted(value, FORM.pattern()));
    }
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
