/// AOT caches, by which a JVM finds the classes of a jar, the application's or the core's, loaded
/// and linked.
///
/// A jar enters [AotCaches], and what to tell `java` leaves: the jar itself until there is a cache,
/// the extracted jar with its cache from then on. [AotTraining] makes one in the background, in an
/// [AotEntry] of the cluster's folder whose [AotKey] covers all that it depends on. Open
/// [AotCaches] first.
@NullMarked
package dev.myelin.orchestrator.aot;

import org.jspecify.annotations.NullMarked;
