/// Values made of values: collections, arrays, generic records, results that may be missing or
/// late.
@NullMarked
package dev.myelin.samples.shapes.container;

import org.jspecify.annotations.NullMarked;
