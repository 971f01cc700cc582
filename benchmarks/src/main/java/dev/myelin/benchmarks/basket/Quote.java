package dev.myelin.benchmarks.basket;

import java.io.Serializable;

/// The price of a [Basket]: the result of the measured call.
///
/// @param totalCents what is to be paid, in cents
/// @param currency the currency's ISO 4217 code
/// @param discounted whether the total was large enough for the discount
public record Quote(long totalCents, String currency, boolean discounted) implements Serializable {}
