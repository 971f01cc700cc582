package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.MalformedPayloadException;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.UncarriableTypeException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.domain.Sort;

/// Spring Data's paging types, each there and back through the codec of the auto-configuration.
final class SpringDataTypesTests {

  private static final Sort SORT =
      Sort.by(Sort.Order.desc("price").nullsLast(), Sort.Order.asc("name").ignoreCase());

  private final Codec codec =
      new BinaryCodec(SpringDataTypes.surrogates(getClass().getClassLoader()));

  record Line(String item, int count) {}

  record Query(String text, Pageable pageable, List<Sort> sorts) {}

  record SameAsPageable(boolean paged, int page, int size, @Nullable String sort) {}

  @Test
  void pageComesBackWithContentPositionAndTotal() {
    var page =
        new PageImpl<>(
            List.of(new Line("pen", 2), new Line("ink", 1)), PageRequest.of(3, 2, SORT), 17);

    var result = roundTrip(new ParameterizedTypeReference<Page<Line>>() {}.getType(), page);

    assertThat(result).isEqualTo(page).isExactlyInstanceOf(PageImpl.class);
    assertThat(((Page<?>) Objects.requireNonNull(result)).getTotalPages()).isEqualTo(9);
  }

  @Test
  void emptyPageComesBack() {
    var page = Page.empty(PageRequest.of(0, 5));

    assertThat(roundTrip(new ParameterizedTypeReference<Page<Line>>() {}.getType(), page))
        .isEqualTo(page);
  }

  @Test
  void sliceComesBackAsASliceAndAPageDeclaredAsOneAsAPage() {
    var type = new ParameterizedTypeReference<Slice<Line>>() {}.getType();
    var slice = new SliceImpl<>(List.of(new Line("pen", 2)), PageRequest.of(1, 1), true);
    var page = new PageImpl<>(List.of(new Line("pen", 2)), PageRequest.of(1, 1), 5);

    assertThat(roundTrip(type, slice)).isEqualTo(slice).isExactlyInstanceOf(SliceImpl.class);
    assertThat(roundTrip(type, page)).isEqualTo(page).isExactlyInstanceOf(PageImpl.class);
  }

  @Test
  void implementationsComeBackWhereTheyAreDeclared() {
    var request = PageRequest.of(2, 10, SORT);

    assertThat(roundTrip(PageRequest.class, request)).isEqualTo(request);
    assertThat(
            roundTrip(
                new ParameterizedTypeReference<PageImpl<Line>>() {}.getType(),
                new PageImpl<>(List.of(new Line("pen", 1)))))
        .isEqualTo(new PageImpl<>(List.of(new Line("pen", 1))));
    assertThat(
            roundTrip(
                new ParameterizedTypeReference<SliceImpl<Line>>() {}.getType(),
                new SliceImpl<>(List.of(new Line("pen", 1)))))
        .isEqualTo(new SliceImpl<>(List.of(new Line("pen", 1))));
    assertThat(roundTrip(Sort.Order.class, Sort.Order.by("name"))).isEqualTo(Sort.Order.by("name"));
  }

  @Test
  void pageableComesBackPagedUnpagedAndNull() {
    assertThat(roundTrip(Pageable.class, PageRequest.of(2, 10, SORT)))
        .isEqualTo(PageRequest.of(2, 10, SORT));
    assertThat(roundTrip(Pageable.class, Pageable.unpaged())).isEqualTo(Pageable.unpaged());
    assertThat(roundTrip(Pageable.class, Pageable.unpaged(SORT))).isEqualTo(Pageable.unpaged(SORT));
    assertThat(roundTrip(Pageable.class, null)).isNull();
  }

  @Test
  void sortComesBackSortedAndUnsorted() {
    assertThat(roundTrip(Sort.class, SORT)).isEqualTo(SORT);
    assertThat(roundTrip(Sort.class, Sort.unsorted())).isEqualTo(Sort.unsorted());
  }

  @Test
  void fieldsOfARecordComeBack() {
    var query = new Query("pen", PageRequest.of(0, 3), List.of(SORT, Sort.unsorted()));

    assertThat(roundTrip(Query.class, query)).isEqualTo(query);
  }

  @Test
  void sentPageThatSpringDataRefusesIsMalformed() {
    var output = new Output(100);
    codec
        .compile(SameAsPageable.class, codec.schema(SameAsPageable.class))
        .write(new SameAsPageable(true, 0, -1, null), output);
    var reader = codec.compile(Pageable.class, codec.schema(Pageable.class));

    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> reader.read(new Input(output.array(), 0, output.size())))
        .withMessageContaining("Pageable refuses what was sent");
  }

  @Test
  void withoutSpringDataNothingOfItIsCarried() {
    var loader = new FilteredClassLoader(Pageable.class);

    assertThat(SpringDataTypes.surrogates(loader)).isEmpty();
    assertThatExceptionOfType(UncarriableTypeException.class)
        .isThrownBy(() -> new BinaryCodec().schema(Pageable.class));
  }

  private @Nullable Object roundTrip(Type type, @Nullable Object value) {
    var compiled = codec.compile(type, codec.schema(type));
    var output = new Output(10_000);
    compiled.write(value, output);
    return compiled.read(new Input(output.array(), 0, output.size()));
  }
}
