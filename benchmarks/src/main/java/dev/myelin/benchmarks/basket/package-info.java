/// The call that every variant makes: a basket of ten lines in, a quote of three fields out.
///
/// [PriceList] is the contract, [SummingPriceList] the one bean behind every variant, and [Orders]
/// the seeded baskets with the answers they must get.
@NullMarked
package dev.myelin.benchmarks.basket;

import org.jspecify.annotations.NullMarked;
