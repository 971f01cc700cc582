/// Tests of the store in memcacheds, against real ones.
@NullMarked
package dev.myelin.storage.memcached;

import org.jspecify.annotations.NullMarked;
