package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import dev.myelin.storage.SchemaMode;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where in Cassandra the objects are, and how they are asked for.
///
/// @param place keyspace and table
/// @param levels how many replicas take part
/// @param schema whether keyspace and table are made
/// @param attemptTimeout how long a statement may take
public record CassandraSettings(
    Place place, Levels levels, SchemaMode schema, Duration attemptTimeout) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

  /// Where the objects are.
  ///
  /// @param keyspace name of the keyspace
  /// @param table name of the table
  /// @param replicas of each row, for a keyspace that is made here; null for three, or as many as
  ///   there are nodes
  public record Place(String keyspace, String table, @Nullable Integer replicas) {

    /// Checks the names: they become part of the statements.
    ///
    /// @throws IllegalArgumentException if one of them is none
    public Place {
      requireName(keyspace);
      requireName(table);
      if (replicas != null && replicas < 1) {
        throw new IllegalArgumentException("%d replicas: expected 1 or more".formatted(replicas));
      }
    }

    private static void requireName(String name) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no name in Cassandra: expected lower-case letters, digits and _, at most 48"
                .formatted(name));
      }
    }

    @Override
    public String toString() {
      return keyspace + "." + table;
    }
  }

  /// How many replicas take part.
  ///
  /// @param regular in what is written when a transaction has been decided, and in scans
  /// @param serial in the decision itself, and in reads of one object
  public record Levels(ConsistencyLevel regular, ConsistencyLevel serial) {

    /// Checks that reads see what was written.
    ///
    /// @throws IllegalArgumentException if the levels are no such pair
    public Levels {
      if (!serial.isSerial() || regular.isSerial()) {
        throw new IllegalArgumentException(
            "Consistency levels %s and %s: expected one such as QUORUM and one of SERIAL, LOCAL_SERIAL"
                .formatted(regular, serial));
      }
    }
  }
}
