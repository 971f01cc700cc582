package dev.myelin.benchmarks.basket;

import java.io.Serializable;

/// One line of a [Basket].
///
/// @param sku what is bought
/// @param quantity how many of it
/// @param unitPriceCents the price of one, in cents
public record Line(String sku, int quantity, long unitPriceCents) implements Serializable {}
