package dev.myelin.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether calls are observed.
///
/// @param enabled whether each call and each served operation is a Micrometer observation, where
///   there is a registry with a handler
/// @param timersAlone whether calls are timed without an observation of each where timers are all
///   that would be made of them; to be set to `false` where a handler is added to the registry in
///   code and is no bean
/// @param prometheus whether every process of a cluster exposes the actuator's Prometheus endpoint,
///   where that registry is on the class path
@ConfigurationProperties("myelin.observation")
record ObservationProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("true") boolean timersAlone,
    @DefaultValue("true") boolean prometheus) {}
