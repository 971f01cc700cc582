package dev.myelin.storage.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresSchemaIT extends JdbcSchemas {

  private static PostgresServer server;
  private static HikariDataSource source;

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresServer();
    source = server.connect("tests", Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() throws Exception {
    source.close();
    server.close();
  }

  @Override
  DataSource source() {
    return source;
  }

  @Override
  Dialect dialect() {
    return Dialect.POSTGRESQL;
  }
}
