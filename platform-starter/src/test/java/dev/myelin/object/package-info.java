/// Objects, in one process and across several.
@NullMarked
package dev.myelin.object;

import org.jspecify.annotations.NullMarked;
