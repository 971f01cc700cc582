/// Tests of caches over the fast store.
@NullMarked
package dev.myelin.storage.cache;

import org.jspecify.annotations.NullMarked;
