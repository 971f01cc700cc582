package dev.myelin.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether calls are observed.
///
/// @param enabled whether each call and each served operation is a Micrometer observation, where
///   there is a registry with a handler
/// @param prometheus whether every process of a cluster exposes the actuator's Prometheus endpoint,
///   where that registry is on the class path
@ConfigurationProperties("myelin.observation")
record ObservationProperties(
    @DefaultValue("true") boolean enabled, @DefaultValue("true") boolean prometheus) {}
