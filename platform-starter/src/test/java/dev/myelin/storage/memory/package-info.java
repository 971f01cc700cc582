/// Tests of the object store of one process.
@NullMarked
package dev.myelin.storage.memory;

import org.jspecify.annotations.NullMarked;
