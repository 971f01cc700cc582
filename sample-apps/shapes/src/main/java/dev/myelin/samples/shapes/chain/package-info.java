/// Five services, each calling the next.
@NullMarked
package dev.myelin.samples.shapes.chain;

import org.jspecify.annotations.NullMarked;
