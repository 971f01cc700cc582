package dev.myelin.object;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// The mapper for the state of objects: of each value its fields, whatever the application's own
/// mapper does; dates as text, numbers with all their digits, unknown fields passed over.
final class StateMapper {

  private StateMapper() {}

  /// Makes one.
  ///
  /// @param references carries references as URIs
  static JsonMapper of(ObjectReferences references) {
    return JsonMapper.builder()
        .addModule(references.module())
        .changeDefaultVisibility(checker ->
            checker
                .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                .withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                .withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .withVisibility(PropertyAccessor.SETTER, Visibility.NONE))
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .build();
  }
}
