package dev.myelin.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/// Calls that wait at this process for a permit of their service.
///
/// @param queue most calls of a service that wait; 0 = as many as may run, at least 128
/// @param longestWait how long a call waits at most, if its deadline is not nearer
/// @param adaptive whether fewer calls than a service's concurrency run at a time where more would
///   only make each other slower
@ConfigurationProperties("myelin.admission")
record AdmissionProperties(
    @DefaultValue("0") int queue,
    @DefaultValue("30s") Duration longestWait,
    @DefaultValue("false") boolean adaptive) {

  AdmissionProperties {
    if (queue < 0) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.admission.queue", queue, "It must not be negative.");
    }
    Limits.notNegative("myelin.admission.longest-wait", longestWait);
  }
}
