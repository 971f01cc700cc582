package dev.myelin.gateway.openapi;

import static dev.myelin.gateway.Descriptions.application;
import static dev.myelin.gateway.Descriptions.external;
import static dev.myelin.gateway.Descriptions.operation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTests {

  private static final JsonNode DOCUMENT =
      OpenApi.of(
          application("b7"),
          List.of(
              external(
                  "till",
                  operation("long", "price", "shop.Basket basket"),
                  operation("void", "price", "shop.Basket basket", "int percent"),
                  operation("void", "close"))),
          List.of(external("account", operation("shop.account", "debit", "long cents"))));

  private static JsonNode at(String pointer) {
    return DOCUMENT.at(pointer);
  }

  @Test
  void documentNamesTheApplicationAndItsBuild() {
    assertThat(at("/openapi").asString()).isEqualTo("3.1.0");
    assertThat(at("/info/title").asString()).isEqualTo("shop");
    assertThat(at("/info/version").asString()).isEqualTo("b7");
  }

  @Test
  void pathsAreThoseThatTheGatewayAnswers() {
    assertThat(DOCUMENT.get("paths").propertyNames())
        .containsExactly(
            "/till/close",
            "/till/price",
            "/objects/account",
            "/objects/account/{id}",
            "/objects/account/{id}/debit");
    assertThat(at("/paths/~1objects~1account~1{id}").propertyNames())
        .containsExactly("parameters", "get", "put", "delete");
  }

  @Test
  void overloadsShareAPath() {
    var forms = at("/paths/~1till~1price/post/requestBody/content/application~1json/schema/anyOf");

    assertThat(forms).hasSize(4);
    assertThat(forms.get(2).get("properties").propertyNames()).containsExactly("basket", "percent");
    assertThat(forms.get(3).get("maxItems").asInt()).isEqualTo(2);
    assertThat(at("/paths/~1till~1price/post/responses").propertyNames())
        .containsExactly("204", "200", "default");
    assertThat(at("/paths/~1till~1price/post/requestBody/required").asBoolean()).isTrue();
    assertThat(at("/paths/~1till~1close/post/requestBody/required").asBoolean()).isFalse();
  }

  @Test
  void referencesToObjectsAreTheirUris() {
    var result =
        at(
            "/paths/~1objects~1account~1{id}~1debit/post/responses/200/content/application~1json/schema");

    assertThat(result.get("pattern").asString()).isEqualTo("^/objects/account/[^/]+$");
  }

  @Test
  void problemsAreWhatEveryPathMayAnswer() {
    for (var path : DOCUMENT.get("paths")) {
      for (var name : path.propertyNames()) {
        if (!name.equals("parameters")) {
          assertThat(path.get(name).at("/responses/default").isMissingNode()).isFalse();
        }
      }
    }
    assertThat(at("/components/schemas/Problem/properties/execution/enum")).hasSize(3);
  }
}
