package dev.myelin.storage.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;

final class H2SchemaTests extends JdbcSchemas {

  private static final JdbcConnectionPool SOURCE =
      JdbcConnectionPool.create("jdbc:h2:mem:schemas;DB_CLOSE_DELAY=-1", "sa", "");

  @AfterAll
  static void dispose() {
    SOURCE.dispose();
  }

  @Override
  DataSource source() {
    return SOURCE;
  }

  @Override
  Dialect dialect() {
    return Dialect.H2;
  }
}
