package dev.myelin.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the objects of a type.
///
/// @param objects in the store's own order
/// @param next where the next page begins; null after the last
public record ObjectPage(List<StoredObject> objects, @Nullable String next) {

  /// Copies the objects.
  public ObjectPage {
    objects = List.copyOf(objects);
  }
}
