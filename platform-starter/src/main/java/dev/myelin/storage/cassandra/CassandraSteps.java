package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import dev.myelin.storage.schema.Migration;
import java.util.ArrayList;
import java.util.List;

/// The steps of the schema of objects in Cassandra.
final class CassandraSteps {

  private CassandraSteps() {}

  /// All that this release knows.
  ///
  /// @param place where the objects are
  /// @param indexes whether the nodes have indexes that may be asked for a part of the key; where
  ///   they do not, the step waits until they do, and scans read the objects of all types
  static List<Migration> of(CassandraSettings.Place place, boolean indexes) {
    var steps = new ArrayList<Migration>();
    steps.add(new Migration(1, "the table of objects", true, List.of(table(place))));
    if (indexes) {
      steps.add(
          new Migration(
              2,
              "an index of the types",
              false,
              List.of(
                  "CREATE INDEX IF NOT EXISTS %s_type ON %s (type) USING 'sai'"
                      .formatted(place.table(), place))));
    }
    return steps;
  }

  /// No more than a partition an object: transactions of different objects do not meet.
  private static String table(CassandraSettings.Place place) {
    return """
    CREATE TABLE IF NOT EXISTS %s (
      type text, id text, life bigint, number bigint, writer bigint, state blob,
      PRIMARY KEY ((type, id)))\
    """
        .formatted(place);
  }

  static boolean hasTypeIndex(TableMetadata table) {
    return table.getIndexes().values().stream().anyMatch(index -> index.getTarget().equals("type"));
  }
}
