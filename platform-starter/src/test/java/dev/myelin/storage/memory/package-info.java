/// Tests of the store in memory.
@NullMarked
package dev.myelin.storage.memory;

import org.jspecify.annotations.NullMarked;
