package dev.myelin.storage;

import java.util.Arrays;

/// An object as it is stored.
///
/// @param key what it is found by
/// @param version which state it is
/// @param state the state; neither the store nor whoever gets it changes the array
@SuppressWarnings(
    "ArrayRecordComponent") // copies of what is read in every call would cost too much
public record StoredObject(ObjectKey key, ObjectVersion version, byte[] state) {

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredObject that
        && key.equals(that.key)
        && version.equals(that.version)
        && Arrays.equals(state, that.state);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + version.hashCode();
  }

  @Override
  public String toString() {
    return "%s version %s, %d bytes".formatted(key, version, state.length);
  }
}
