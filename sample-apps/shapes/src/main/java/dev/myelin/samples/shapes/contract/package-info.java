/// The places where the annotation may stand: an interface, a `@Bean` method, a nested class.
@NullMarked
package dev.myelin.samples.shapes.contract;

import org.jspecify.annotations.NullMarked;
