/// Exceptions of every kind, thrown by one service.
@NullMarked
package dev.myelin.samples.shapes.failure;

import org.jspecify.annotations.NullMarked;
