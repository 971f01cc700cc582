package dev.myelin.autoconfigure;

import dev.myelin.storage.jdbc.JdbcPurge;
import dev.myelin.storage.jdbc.JdbcSchema;
import dev.myelin.storage.jdbc.JdbcSettings;
import dev.myelin.storage.jdbc.JdbcTable;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// Objects in the application's relational database.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "myelin.objects.store", havingValue = "jdbc")
class JdbcObjectConfiguration {

  /// Made where it is used first, which is where the service is hosted.
  @Bean
  @Lazy
  static JdbcTable myelinJdbcTable(
      ObjectStoreProperties properties,
      ObjectProvider<DataSource> sources,
      ObjectProvider<JdbcPurge> purge) {
    var source = sources.getIfUnique();
    if (source == null) {
      throw new InvalidObjectStoreException(
          "'myelin.objects.store' is 'jdbc', and there is no data source, or several of which none is primary.",
          "Configure one (spring.datasource.*), mark one as @Primary, or set 'myelin.objects.store' to another store.");
    }
    var settings = settings(properties);
    var _ = purge.getObject();
    return new JdbcTable(source, settings, new JdbcSchema(source, settings, properties.schema()));
  }

  private static JdbcSettings settings(ObjectStoreProperties properties) {
    try {
      return new JdbcSettings(properties.jdbc().table(), properties.attemptTimeout());
    } catch (IllegalArgumentException invalid) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.objects.jdbc.table",
          properties.jdbc().table(),
          Objects.toString(invalid.getMessage()));
    }
  }

  /// Begins with the table, where that is used at all.
  @Bean
  @Lazy
  static JdbcPurge myelinJdbcPurge(
      ObjectStoreProperties properties, ObjectProvider<JdbcTable> table) {
    return new JdbcPurge(table::getObject, properties.jdbc().purgeInterval());
  }
}
