package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import dev.myelin.Execution;
import dev.myelin.storage.StoreException;

/// What a failed statement means.
final class CqlFailures {

  private CqlFailures() {}

  /// Whether the statement had no effect and will have none: no node could be sent it, or the one
  /// that was refused it before it began. All else may have had one: a time-out of the driver or
  /// among the replicas (whose last phase may even be done later), a connection that broke.
  static boolean hadNoEffect(DriverException failure) {
    return switch (failure) {
      case AllNodesFailedException all ->
          all.getAllErrors().values().stream()
              .flatMap(java.util.List::stream)
              .allMatch(each -> each instanceof DriverException one && hadNoEffect(one));
      case NodeUnavailableException _,
          UnavailableException _,
          OverloadedException _,
          BootstrappingException _,
          QueryValidationException _,
          RequestThrottlingException _,
          BusyConnectionException _ ->
          true;
      default -> false;
    };
  }

  static StoreException failed(String what, CassandraSettings.Place place, Throwable failure) {
    return new StoreException(
        Execution.DID_NOT_RUN,
        "%s failed in Cassandra's '%s': %s. Check that enough of its nodes run (spring.cassandra.*); the next call tries again"
            .formatted(what, place, failure.getMessage()),
        failure);
  }
}
