/// What every adapter of the stores promises, as suites that each adapter runs.
@NullMarked
package dev.myelin.storage;

import org.jspecify.annotations.NullMarked;
