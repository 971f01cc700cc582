package dev.myelin.orchestrator;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How processes start sooner.
///
/// @param aotCache Whether processes start with an AOT cache of the application's classes, and core
///   processes with one of theirs, which halves the time of their start. It is made in the
///   background, once for each jar and JDK, and kept in the cluster's folder.
@ConfigurationProperties("myelin.core")
public record AotProperties(@DefaultValue("true") boolean aotCache) {}
