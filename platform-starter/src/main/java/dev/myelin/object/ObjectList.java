package dev.myelin.object;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of the objects of a type.
///
/// @param objects stand-ins, in the store's order
/// @param next where the next page begins; null after the last
/// @param <T> class of the objects
public record ObjectList<T>(List<T> objects, @Nullable String next) {

  /// Copies the objects.
  public ObjectList {
    objects = List.copyOf(objects);
  }
}
