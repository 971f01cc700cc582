/// Single values of every type, and overloads.
@NullMarked
package dev.myelin.samples.shapes.value;

import org.jspecify.annotations.NullMarked;
