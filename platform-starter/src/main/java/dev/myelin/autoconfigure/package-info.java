/// The only package that knows Spring Boot's auto-configuration.
///
/// Bean definitions and properties go in; stand-ins, the server, membership, failure analyses and
/// the description come out. Open `MyelinAutoConfiguration` first.
@NullMarked
package dev.myelin.autoconfigure;

import org.jspecify.annotations.NullMarked;
