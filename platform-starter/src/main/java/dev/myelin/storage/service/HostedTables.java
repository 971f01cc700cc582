package dev.myelin.storage.service;

import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.settle.UnclearWriteException;
import dev.myelin.storage.settle.VersionedTable;
import dev.myelin.storage.settle.VersionedTable.Written;
import dev.myelin.storage.settle.Write;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The service where it is hosted: asks the table that is here.
public final class HostedTables implements ObjectTables {

  private final VersionedTable table;

  /// Creates one.
  ///
  /// @param table where the objects are
  public HostedTables(VersionedTable table) {
    this.table = table;
  }

  @Override
  public boolean write(Write write) throws UnclearWriteException {
    return table.write(write);
  }

  @Override
  public Optional<Written> read(ObjectKey key) {
    return table.read(key);
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    return table.scan(type, from, limit);
  }
}
