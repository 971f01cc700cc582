package dev.myelin.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KebabCaseTests {

  @ParameterizedTest
  @CsvSource({
    "PriceList, price-list",
    "HTTPProxy, http-proxy",
    "HTTP, http",
    "A, a",
    "aB, a-b",
    "Http2Client, http2-client",
    "S3Store, s3-store",
    "minInstances, min-instances",
    "Price_List, price-list",
    "Outer$Inner, outer-inner",
    "doubler, doubler",
    "already-kebab, already-kebab",
    "_private, private"
  })
  void identifierWhenConvertedHasLowerCaseWords(String identifier, String expected) {
    assertThat(KebabCase.of(identifier)).isEqualTo(expected);
  }
}
