/// The ceiling: bytes of a call's size sent to and fro over Netty, with no work done on them.
///
/// Open [dev.myelin.benchmarks.echo.EchoVariant] first.
@NullMarked
package dev.myelin.benchmarks.echo;

import org.jspecify.annotations.NullMarked;
