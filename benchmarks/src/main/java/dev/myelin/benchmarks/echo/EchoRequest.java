package dev.myelin.benchmarks.echo;

import dev.myelin.benchmarks.basket.Quote;
import java.util.concurrent.CompletableFuture;

/// A request on its way to the event loop.
///
/// @param quote what is to come back
/// @param reply ends when it has
record EchoRequest(Quote quote, CompletableFuture<Quote> reply) {}
