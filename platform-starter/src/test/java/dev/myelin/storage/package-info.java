/// What every store has to keep: the suites that in-memory and real adapters run alike.
@NullMarked
package dev.myelin.storage;

import org.jspecify.annotations.NullMarked;
