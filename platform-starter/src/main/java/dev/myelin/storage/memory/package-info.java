/// The fast store in this process's own memory: what a process that runs by itself uses, and what
/// tests use. Open [dev.myelin.storage.memory.InMemoryEphemeralStore] first.
@NullMarked
package dev.myelin.storage.memory;

import org.jspecify.annotations.NullMarked;
