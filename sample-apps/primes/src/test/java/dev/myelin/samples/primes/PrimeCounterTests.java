package dev.myelin.samples.primes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimeCounterTests {

  private final PrimeCounter counter = new PrimeCounter();

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 2, 0",
    "0, 3, 1",
    "2, 3, 1",
    "3, 7, 2",
    "7, 8, 1",
    "8, 11, 0",
    "0, 100, 25",
    "0, 1000, 168",
    "0, 1000000, 78498",
    "99000000, 99100000, 5499"
  })
  void countGivesKnownNumbers(long from, long to, long primes) {
    assertThat(counter.count(from, to)).isEqualTo(primes);
  }

  @Test
  void countOfPartsAddsUpToCountOfWhole() {
    var parts = 0L;
    for (var from = 0L; from < 50_000; from += 617) {
      parts += counter.count(from, Math.min(from + 617, 50_000));
    }

    assertThat(parts).isEqualTo(counter.count(0, 50_000)).isEqualTo(5133);
  }

  @ParameterizedTest
  @CsvSource({"49", "121", "961", "9998000099", "9223372030926249001"})
  void squareOfPrimeIsNotPrime(long square) {
    assertThat(counter.count(square, square + 1)).isZero();
  }

  @Test
  void largestPrimeOfIntsIsPrime() {
    assertThat(counter.count(Integer.MAX_VALUE, Integer.MAX_VALUE + 1L)).isEqualTo(1);
  }

  @Test
  void countWhenRangeStartsBelowZeroRefuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counter.count(-1, 10))
        .withMessage("'from' is -1; a range of primes starts at 0 or above");
  }

  @Test
  void countWhenRangeIsReversedRefuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counter.count(10, 9))
        .withMessage("'to' is 9, less than 'from', which is 10; give the smaller one first");
  }
}
