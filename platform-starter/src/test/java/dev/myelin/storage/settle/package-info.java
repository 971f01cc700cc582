/// Tests of writes whose outcome got lost.
@NullMarked
package dev.myelin.storage.settle;

import org.jspecify.annotations.NullMarked;
