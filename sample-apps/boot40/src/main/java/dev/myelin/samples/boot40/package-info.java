/// A small application of Spring Boot 4.0 and Java 17: a price list, and a basket that asks it.
///
/// Nothing in it differs from an application of Spring Boot 4.1; its tests run it in one process
/// and across processes. Open [Prices] first, which is the service, then [Basket], which calls it.
@NullMarked
package dev.myelin.samples.boot40;

import org.jspecify.annotations.NullMarked;
