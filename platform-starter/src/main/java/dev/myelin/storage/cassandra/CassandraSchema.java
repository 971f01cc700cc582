package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import dev.myelin.Execution;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.schema.Migration;
import dev.myelin.storage.schema.Migrator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings keyspace, table and index to what this release needs, or says what would.
final class CassandraSchema {

  private static final Logger logger = LoggerFactory.getLogger(CassandraSchema.class);
  private static final int REPLICAS = 3;

  /// A statement of somebody else's turn may take that long.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// The first release whose indexes may be asked for a part of the key.
  private static final int INDEXED = 5;

  private final CqlSession session;
  private final CassandraSettings settings;
  private final Migrator.Settings migration;
  private final List<Migration> further;

  /// Creates one.
  ///
  /// @param holder whose turn it is when this one changes the schema
  CassandraSchema(CqlSession session, CassandraSettings settings, String holder) {
    this(session, settings, holder, Migrator.TURN, List.of());
  }

  CassandraSchema(
      CqlSession session,
      CassandraSettings settings,
      String holder,
      Duration turn,
      List<Migration> further) {
    this.session = session;
    this.settings = settings;
    this.migration = new Migrator.Settings(settings.schema(), holder, turn, PATIENCE);
    this.further = List.copyOf(further);
  }

  /// Returns when everything is there.
  ///
  /// @throws StoreException if something is missing, or too new
  void ensure() {
    var place = settings.place();
    var steps = new ArrayList<>(CassandraSteps.of(place, indexes()));
    steps.addAll(further);
    var migrator =
        new Migrator(
            "Table '" + place + "'", new CassandraHistory(session, settings), steps, migration);
    requireColumns();
    if (migrator.ensure(keyspace())) {
      session.checkSchemaAgreement();
      logger.info("tables made for objects table={}", place);
    }
  }

  private List<String> keyspace() {
    var name = settings.place().keyspace();
    return session.getMetadata().getKeyspace(name).isPresent()
        ? List.of()
        : List.of(
            "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', 'replication_factor': %d}"
                .formatted(name, replicas()));
  }

  private void requireColumns() {
    var place = settings.place();
    var expected =
        Stream.of("type", "id", "life", "number", "writer", "state")
            .map(CqlIdentifier::fromCql)
            .collect(Collectors.toSet());
    session
        .getMetadata()
        .getKeyspace(place.keyspace())
        .flatMap(found -> found.getTable(place.table()))
        .ifPresent(table -> {
          Set<CqlIdentifier> found = table.getColumns().keySet();
          if (!found.containsAll(expected)) {
            throw new StoreException(
                Execution.DID_NOT_RUN,
                "Table '%s' is not one of objects: expected the columns %s, found %s. Set myelin.objects.cassandra.table to another name"
                    .formatted(place, expected, found),
                null);
          }
        });
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
}
