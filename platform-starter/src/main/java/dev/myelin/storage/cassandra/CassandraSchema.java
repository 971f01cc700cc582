package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import dev.myelin.Execution;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes keyspace, table and index where they are missing, or says what would.
final class CassandraSchema {

  private static final Logger logger = LoggerFactory.getLogger(CassandraSchema.class);
  private static final int REPLICAS = 3;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /// The first release whose indexes may be asked for a part of the key.
  private static final int INDEXED = 5;

  private final CqlSession session;
  private final CassandraSettings settings;

  CassandraSchema(CqlSession session, CassandraSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /// Returns when everything is there.
  ///
  /// @throws StoreException if something is missing
  void ensure() {
    var statements = missing();
    if (statements.isEmpty()) {
      return;
    }
    if (settings.schema() == SchemaMode.PRINT) {
      throw missing(statements, null);
    }
    try {
      for (var cql : statements) {
        session.execute(SimpleStatement.newInstance(cql).setTimeout(LONGEST));
      }
    } catch (DriverException refused) {
      throw missing(statements, refused);
    }
    session.checkSchemaAgreement();
    logger.info("tables made for objects table={}", settings.place());
  }

  private List<String> missing() {
    var place = settings.place();
    var keyspace = session.getMetadata().getKeyspace(place.keyspace());
    var table = keyspace.flatMap(found -> found.getTable(place.table()));
    var statements = new ArrayList<String>();
    if (keyspace.isEmpty()) {
      statements.add(
          "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', 'replication_factor': %d}"
              .formatted(place.keyspace(), replicas()));
    }
    if (table.isEmpty()) {
      statements.add(table(place));
    }
    if (indexes() && table.flatMap(this::typeIndex).isEmpty()) {
      statements.add(
          "CREATE INDEX IF NOT EXISTS %s_type ON %s (type) USING 'sai'"
              .formatted(place.table(), place));
    }
    table.ifPresent(this::requireColumns);
    return statements;
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

  private Optional<Object> typeIndex(TableMetadata table) {
    return table.getIndexes().values().stream()
        .filter(index -> index.getTarget().equals("type"))
        .map(Object.class::cast)
        .findFirst();
  }

  private void requireColumns(TableMetadata table) {
    var expected =
        Stream.of("type", "id", "life", "number", "writer", "state")
            .map(CqlIdentifier::fromCql)
            .collect(Collectors.toSet());
    Set<CqlIdentifier> found = table.getColumns().keySet();
    if (!found.containsAll(expected)) {
      throw new StoreException(
          Execution.DID_NOT_RUN,
          "Table '%s' is not one of objects: expected the columns %s, found %s. Set myelin.objects.cassandra.table to another name"
              .formatted(settings.place(), expected, found),
          null);
    }
  }

  /// Without one, a scan reads the objects of all types to find those of one.
  private boolean indexes() {
    return nodes()
        .map(Node::getCassandraVersion)
        .filter(Objects::nonNull)
        .allMatch(version -> version.getMajor() >= INDEXED);
  }

  private int replicas() {
    var asked = settings.place().replicas();
    return asked != null ? asked : Math.clamp(nodes().count(), 1, REPLICAS);
  }

  private Stream<Node> nodes() {
    return session.getMetadata().getNodes().values().stream();
  }

  private StoreException missing(List<String> statements, @Nullable DriverException refused) {
    var cql = String.join(";\n", statements) + ";";
    return new StoreException(
        Execution.DID_NOT_RUN,
        "Table '%s' is not as it must be, and %s. Run:%n%s"
            .formatted(
                settings.place(),
                refused == null
                    ? "is not changed by this application (myelin.objects.schema=print)"
                    : "could not be changed: " + refused.getMessage(),
                cql),
        refused);
  }
}
