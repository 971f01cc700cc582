package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A client and a server that were built from different sources: the client adapts.
class EvolutionTests {

  private final BinaryCodec codec = new BinaryCodec();

  @Test
  void clientOfAnOlderServerGetsWhatTheServerLacksAsNothing() {
    var older = new Older.Basket("b", List.of(new Older.Line("x", 2)), 7, "gone");

    var newer = (Newer.Basket) fromServer(Older.Basket.class, older, Newer.Basket.class);

    assertThat(newer)
        .usingRecursiveComparison()
        .isEqualTo(
            new Newer.Basket(
                Optional.empty(),
                7,
                List.of(new Newer.Line(2, null, "x")),
                Map.of(),
                null,
                new Instant[0],
                0,
                false,
                null,
                null,
                "b"));
  }

  @Test
  void clientOfANewerServerPassesOverWhatItDoesNotKnow() {
    record Narrow(String id, List<Older.Line> lines) {}

    var basket = fullBasket();

    assertThat(fromServer(Newer.Basket.class, basket, Narrow.class))
        .isEqualTo(new Narrow("b", List.of(new Older.Line("x", 2), new Older.Line("y", 3))));
  }

  private static Newer.Basket fullBasket() {
    var lines = List.of(new Newer.Line(2, "n", "x"), new Newer.Line(3, null, "y"));
    var inner =
        new Newer.Basket(
            Optional.empty(), 0, List.of(), Map.of(), null, null, 1, true, null, null, "inner");
    return new Newer.Basket(
        Optional.of("coupon"),
        Long.MAX_VALUE,
        lines,
        Map.of("a", 1),
        inner,
        new Instant[] {Instant.EPOCH, null},
        2.5,
        true,
        Newer.Color.BLUE,
        new Newer.Event.Moved(inner),
        "b");
  }

  @Test
  void serverGetsWhatTheClientLacksAsNothingInItsOwnOrder() {
    var arguments =
        toServer(
            List.of(new Codec.Field("basket", Older.Basket.class)),
            new Object[] {new Older.Basket("b", List.of(new Older.Line("x", 2)), 7, "gone")},
            List.of(
                new Codec.Field("hint", String.class),
                new Codec.Field("basket", Newer.Basket.class),
                new Codec.Field("limit", int.class)));

    assertThat(arguments[0]).isNull();
    assertThat(Objects.requireNonNull(arguments[1]))
        .usingRecursiveComparison()
        .isEqualTo(
            new Newer.Basket(
                Optional.empty(),
                7,
                List.of(new Newer.Line(2, null, "x")),
                Map.of(),
                null,
                new Instant[0],
                0,
                false,
                null,
                null,
                "b"));
    assertThat(arguments[2]).isEqualTo(0);
  }

  @Test
  void parametersMeetByName() {
    var arguments =
        toServer(
            List.of(new Codec.Field("a", int.class), new Codec.Field("b", String.class)),
            new Object[] {1, "x"},
            List.of(new Codec.Field("b", String.class), new Codec.Field("a", long.class)));

    assertThat(arguments).containsExactly("x", 1L);
  }

  @Test
  void constantsMeetByName() {
    assertThat(fromServer(Older.Color.class, Older.Color.RED, Newer.Color.class))
        .isEqualTo(Newer.Color.RED);
    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() -> fromServer(Newer.Color.class, Newer.Color.BLUE, Older.Color.class))
        .withMessageContaining("'BLUE'")
        .withMessageContaining("'Color'");
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() ->
            toServer(
                List.of(new Codec.Field("color", Newer.Color.class)),
                new Object[] {Newer.Color.BLUE},
                List.of(new Codec.Field("color", Older.Color.class))))
        .withMessageContaining("'color' is BLUE")
        .withMessageContaining("[RED, GREEN]");
  }

  @Test
  void alternativesMeetByName() {
    assertThat(fromServer(Older.Event.class, new Older.Event.Opened(3), Newer.Event.class))
        .isEqualTo(new Newer.Event.Opened(3));
    assertThat(fromServer(Newer.Event.class, new Newer.Event.Closed("r", 4), Older.Event.class))
        .isEqualTo(new Older.Event.Closed("r"));
    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() ->
            fromServer(Newer.Event.class, new Newer.Event.Moved(fullBasket()), Older.Event.class))
        .withMessageContaining("'Moved'");
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() ->
            toServer(
                List.of(new Codec.Field("event", Newer.Event.class)),
                new Object[] {new Newer.Event.Moved(fullBasket())},
                List.of(new Codec.Field("event", Older.Event.class))))
        .withMessageContaining("'event' is a ")
        .withMessageContaining("Opened, Closed");
  }

  @Test
  void resultsMayWidenAndParametersMayWiden() {
    assertThat(fromServer(int.class, 5, long.class)).isEqualTo(5L);
    assertThat(fromServer(int.class, 5, Double.class)).isEqualTo(5.0);
    assertThat(fromServer(short[].class, new short[] {1, -1}, int[].class))
        .isEqualTo(new int[] {1, -1});
    assertThat(fromServer(int.class, 5, Integer.class)).isEqualTo(5);
    assertThat(fromServer(float.class, 0.5f, double.class)).isEqualTo(0.5);
    assertThat(
            toServer(
                List.of(new Codec.Field("n", int.class)),
                new Object[] {5},
                List.of(new Codec.Field("n", Long.class))))
        .containsExactly(5L);
  }

  @Test
  void whatCouldLoseValuesIsRefused() {
    refused(long.class, int.class, "'int' is int on this side, but the server declares long");
    refused(Integer.class, int.class, "'int' is int on this side, but the server declares int?");
    refused(double.class, long.class, "double");
    refused(long.class, double.class, "long");
    refused(int.class, float.class, "float");
    refused(String.class, int.class, "string");
    refused(int.class, String.class, "int");
    refused(new TypeReference<List<String>>() {}.type(), String.class, "list of string");
    refused(String.class, new TypeReference<List<String>>() {}.type(), "list of string");
    refused(Older.Event.class, Older.Line.class, "Event<");
    refused(Newer.Color.class, String.class, "Color(BLUE, GREEN, RED)");
    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() ->
            codec.compile(
                List.of(new Codec.Field("n", long.class)),
                codec.schema(List.of(new Codec.Field("n", int.class)))))
        .withMessageContaining("'n' is long on this side, but the server declares int");
  }

  private void refused(Type server, Type client, String message) {
    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() -> codec.compile(client, codec.schema(server)))
        .withMessageContaining(message);
  }

  @Test
  void refusalNamesThePath() {
    record Line(String count) {}
    record Basket(List<Line> lines) {}

    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() -> codec.compile(Basket.class, codec.schema(Older.Basket.class)))
        .withMessageContaining("'Basket.lines[].count'");
  }

  @Test
  void theOtherWayRoundNumbersAreCheckedOneByOne() {
    var client = codec.compile(long.class, codec.schema(int.class));

    assertThat(
            Bytes.read(codec.compile(int.class, codec.schema(int.class)), Bytes.write(client, 5L)))
        .isEqualTo(5);
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.write(client, 1L << 32))
        .withMessageContaining("4294967296");
    var reader =
        codec.compile(
            List.of(new Codec.Field("n", int.class)),
            codec.schema(List.of(new Codec.Field("n", Long.class))));
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Bytes.read(reader, Bytes.bytes("01 00")))
        .withMessageContaining("null");
  }

  @Test
  void resultOfAnyTypeCanBeIgnored() {
    assertThat(read(Newer.Basket.class, fullBasket(), void.class)).isNull();
    assertThat(read(int.class, 3, Void.class)).isNull();
  }

  static final class Settings {
    String name = "default";
    int size = 10;
    List<String> tags = List.of("none");
  }

  @Test
  void fieldsOfAClassThatTheServerLacksKeepWhatItsConstructorGaveThem() {
    record Server(String name) {}

    var settings = (Settings) fromServer(Server.class, new Server("set"), Settings.class);

    assertThat(settings.name).isEqualTo("set");
    assertThat(settings.size).isEqualTo(10);
    assertThat(settings.tags).containsExactly("none");
  }

  @Test
  void recursiveTypesAdaptAtEveryLevel() {
    var chain = new OldNode(1, new OldNode(2, null));

    assertThat(fromServer(OldNode.class, chain, NewNode.class))
        .isEqualTo(new NewNode(new NewNode(null, 2L, null), 1L, null));
  }

  record OldNode(int value, @Nullable OldNode next) {}

  record NewNode(@Nullable NewNode next, long value, @Nullable String name) {}

  private Object fromServer(Type serverType, Object value, Type clientType) {
    return Objects.requireNonNull(read(serverType, value, clientType));
  }

  private @Nullable Object read(Type serverType, Object value, Type clientType) {
    var server = codec.compile(serverType, codec.schema(serverType));
    var client = codec.compile(clientType, codec.schema(serverType));
    return Bytes.read(client, Bytes.write(server, value));
  }

  private @Nullable Object[] toServer(
      List<Codec.Field> client, @Nullable Object[] arguments, List<Codec.Field> server) {
    var declared = codec.schema(server);
    var bytes = Bytes.write(codec.compile(client, declared), arguments);
    return (@Nullable Object[])
        Objects.requireNonNull(Bytes.read(codec.compile(server, declared), bytes));
  }
}
