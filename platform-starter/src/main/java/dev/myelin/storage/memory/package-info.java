/// The object store of one process: what an application has before anybody gives it a database, and
/// what its tests have. Open [dev.myelin.storage.memory.InMemoryObjectStore].
@NullMarked
package dev.myelin.storage.memory;

import org.jspecify.annotations.NullMarked;
