package dev.myelin.storage.settle;

import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.StoredObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Objects in a server, as its language and its failures are. Thread-safe.
///
/// Each method tries once and waits no longer than the adapter's timeout of an attempt.
public interface VersionedTable {

  /// An object and who wrote its state.
  ///
  /// @param object the object
  /// @param writer what [Write.Replace#writer()] was; 0 for a state that was created
  record Written(StoredObject object, long writer) {}

  /// What it is called in messages.
  String name();

  /// Tries a write. May be called again with the same write after it was unclear: the condition
  /// holds for one of the attempts at most.
  ///
  /// @param write what to do
  /// @return whether it happened; false if its condition does not hold
  /// @throws UnclearWriteException if it may have happened, or may still happen
  /// @throws dev.myelin.storage.StoreException if it has not happened and will not
  boolean write(Write write) throws UnclearWriteException;

  /// Reads what the last write left, be it ever so late: what this says does not change any more
  /// but by writes that succeed.
  ///
  /// @param key which object
  /// @throws dev.myelin.storage.StoreException if it cannot be told
  Optional<Written> read(ObjectKey key);

  /// Reads some objects of a type, as [dev.myelin.storage.ObjectStore#scan] says.
  ///
  /// @param type type of the objects
  /// @param from where the page begins
  /// @param limit how many at most
  /// @throws dev.myelin.storage.StoreException if it cannot be told
  ObjectPage scan(String type, @Nullable String from, int limit);
}
