/// Tests of the cache before the object store.
@NullMarked
package dev.myelin.storage.cached;

import org.jspecify.annotations.NullMarked;
