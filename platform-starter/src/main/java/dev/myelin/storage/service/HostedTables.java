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
///
/// A page of objects has four mebibytes of states at most, or one object, so that a call can carry
/// it: fewer objects than were asked for, then.
public final class HostedTables implements ObjectTables {

  private static final long LARGEST_PAGE = 4 << 20;

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
    var page = table.scan(type, from, limit);
    int fitting = fitting(page);
    return fitting == page.objects().size() ? page : table.scan(type, from, fitting);
  }

  private static int fitting(ObjectPage page) {
    long bytes = 0;
    for (int n = 0; n < page.objects().size(); n++) {
      bytes += page.objects().get(n).state().length;
      if (bytes > LARGEST_PAGE && n > 0) {
        return n;
      }
    }
    return page.objects().size();
  }
}
