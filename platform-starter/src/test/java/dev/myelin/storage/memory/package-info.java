/// Tests of the stores of one process.
@NullMarked
package dev.myelin.storage.memory;

import org.jspecify.annotations.NullMarked;
