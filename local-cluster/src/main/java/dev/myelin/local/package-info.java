/// The core services together in one JVM: a whole cluster on a laptop.
///
/// The path of an application's jar enters; the core services, the gateway and the processes that
/// they spawn leave, with a line or a live table on the console for what becomes of them. Open
/// [LocalClusterApplication] first.
@NullMarked
package dev.myelin.local;

import org.jspecify.annotations.NullMarked;
