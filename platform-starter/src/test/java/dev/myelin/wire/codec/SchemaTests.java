package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Stethoscope;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Schemas of types, their text, their bytes and what is refused.
class SchemaTests {

  private final BinaryCodec codec = new BinaryCodec();

  record Address(String street, @Nullable Integer number) {}

  record Person(String name, Address home, @Nullable Address work, List<Person> friends) {}

  record Mixed(Map<String, Optional<long[]>> map, Kind kind, Kind again) {}

  enum Kind {
    A,
    B
  }

  @Test
  void textIsReadable() {
    assertThat(codec.schema(Mixed.class))
        .hasToString(
            "Mixed{map: map of string to optional list of long, kind: Kind(A, B), again: #1}");
    assertThat(codec.schema(Person.class))
        .hasToString(
            "Person{name: string, home: Address{street: string, number: int?}, work: #1, friends: list of #0}");
  }

  @Test
  void longTextIsCut() {
    var names = java.util.stream.IntStream.range(0, 1000).mapToObj(i -> "CONSTANT_" + i).toList();

    assertThat(new Schema.EnumOf("Many", names).toString()).hasSizeLessThan(400).endsWith("…)");
  }

  @Test
  void typeUsedTwiceIsDescribedOnce() {
    var schema = codec.schema(Person.class);

    assertThat(((Schema.Struct) schema).fields().get(2).schema()).isEqualTo(new Schema.SameAs(1));
    assertThat(Schema.decode(new Input(encoded(schema)))).isEqualTo(schema);
  }

  record Wide(Layer0 a, Layer0 b) {}

  record Layer0(Layer1 a, Layer1 b, Layer1 c) {}

  record Layer1(Layer2 a, Layer2 b, Layer2 c) {}

  record Layer2(Wide a, Wide b, Layer0 c) {}

  @Test
  void typesThatReferToEachOtherStaySmall() {
    assertThat(encoded(codec.schema(Wide.class))).hasSizeLessThan(150);
  }

  @Test
  void hashTellsSchemasApart() {
    assertThat(codec.schema(Person.class).hash())
        .isEqualTo(new BinaryCodec().schema(Person.class).hash());
    assertThat(
            List.of(
                codec.schema(int.class).hash(),
                codec.schema(Integer.class).hash(),
                codec.schema(long.class).hash(),
                codec.schema(Person.class).hash(),
                codec.schema(Address.class).hash()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "08", // no such tag
        "32", // no such kind
        "00 00", // refers to nothing
        "04 10", // elements of no bytes
        "05 10 15", // keys of no bytes
        "07 19", // a string is nullable by itself
        "07 04 15", // a list is no scalar
        "02 01 02 02 61 15 02 61 15", // a field twice
        "01 01 02 02 61 02 61", // a constant twice
        "01 00 00", // a name that is null
        "02 01 ff ff ff ff 07", // two billion fields
        "01 01 ff ff ff ff 0f"
      })
  void malformedSchemaIsRefused(String hex) {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Schema.decode(new Input(Bytes.bytes(hex))));
  }

  @Test
  void deepSchemaIsRefused() {
    var lists = new byte[100_000];
    Arrays.fill(lists, (byte) 4);

    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Schema.decode(new Input(lists)))
        .withMessageContaining("200 levels");
  }

  @Test
  void schemaThatReaderOfAnotherKindWroteIsRefusedAtCompilation() {
    var dangling = new Schema.ListOf(new Schema.SameAs(3));

    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() -> codec.compile(new TypeReference<List<Kind>>() {}.type(), dangling))
        .withMessageContaining("named part 3");
  }

  @Test
  void namesMustBeDistinct() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schema.EnumOf("Color", List.of("RED", "RED")))
        .withMessageContaining("'RED' occurs twice in 'Color'");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {PubSub.class, Stethoscope.class, Orchestrator.class, InstanceControl.class})
  void whatTheCoreServicesSayCanBeCarried(Class<?> service) {
    for (var method : service.getMethods()) {
      for (var type : method.getGenericParameterTypes()) {
        assertThat(codec.schema(type).hash()).isNotZero();
      }
      var result =
          method.getGenericReturnType() instanceof ParameterizedType stream
                  && stream.getRawType() == Flow.Publisher.class
              ? stream.getActualTypeArguments()[0]
              : method.getGenericReturnType();
      assertThat(codec.compile(result, codec.schema(result))).isNotNull();
    }
  }

  private static byte[] encoded(Schema schema) {
    var output = new Output(100_000);
    schema.encode(output);
    return Arrays.copyOf(output.array(), output.size());
  }
}
