package dev.myelin.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTypesTests {

  private final JsonTypes types = new JsonTypes(Map.of("shop.Account", "account"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "boolean | {\"type\":\"boolean\"}",
        "java.lang.Long | {\"type\":\"integer\",\"format\":\"int64\"}",
        "java.math.BigDecimal | {\"type\":\"number\"}",
        "java.util.UUID | {\"type\":\"string\",\"format\":\"uuid\"}",
        "byte[] | {\"type\":\"string\",\"contentEncoding\":\"base64\"}",
        "int[][] | {\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"format\":\"int32\"}}}",
        "java.util.List<java.lang.String> | {\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
        "java.util.Map<java.lang.String, java.util.Map<java.lang.String, java.lang.Boolean>> | {\"type\":\"object\",\"additionalProperties\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"boolean\"}}}",
        "java.util.Optional<java.time.LocalDate> | {\"anyOf\":[{\"type\":\"string\",\"format\":\"date\"},{\"type\":\"null\"}]}",
        "java.util.concurrent.CompletableFuture<java.lang.String> | {\"type\":\"string\"}",
        "shop.Account | {\"type\":\"string\",\"format\":\"uri-reference\",\"pattern\":\"^/objects/account/[^/]+$\"}",
        "shop.Page<shop.Item> | {\"description\":\"The JSON of shop.Page<shop.Item>.\"}",
        "shop.Shop$Basket | {\"description\":\"The JSON of shop.Shop$Basket.\"}",
      })
  void schemaIsThatOfItsJson(String type, String schema) {
    assertThat(types.schema(type)).hasToString(schema);
  }
}
