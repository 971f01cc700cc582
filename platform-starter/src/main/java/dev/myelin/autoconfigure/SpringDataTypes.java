package dev.myelin.autoconfigure;

import dev.myelin.wire.codec.Surrogate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.domain.Sort;
import org.springframework.util.ClassUtils;

/// How the paging types of Spring Data travel, where it is on the class path.
final class SpringDataTypes {

  private static final String MARKER = "org.springframework.data.domain.Pageable";

  private SpringDataTypes() {}

  /// The records that stand for them; empty without Spring Data, none of whose classes is touched
  /// then.
  ///
  /// @param loader where the application's classes are
  static List<Surrogate<?, ?>> surrogates(@Nullable ClassLoader loader) {
    return ClassUtils.isPresent(MARKER, loader) ? Present.surrogates() : List.of();
  }

  /// A page or, where no total is known, a slice.
  ///
  /// @param content its elements
  /// @param pageable what was asked for
  /// @param next whether more elements follow
  /// @param total number of elements of all pages; null for a slice
  record SentSlice<T>(List<T> content, Pageable pageable, boolean next, @Nullable Long total) {

    static <T> SentSlice<T> of(Slice<T> slice) {
      var total = slice instanceof Page<T> page ? (Long) page.getTotalElements() : null;
      return new SentSlice<>(slice.getContent(), slice.getPageable(), slice.hasNext(), total);
    }

    Slice<T> slice() {
      return total == null ? new SliceImpl<>(content, pageable, next) : page();
    }

    PageImpl<T> page() {
      return new PageImpl<>(content, pageable, total == null ? content.size() : total);
    }
  }

  /// What part of a list was asked for.
  ///
  /// @param paged false for all of it
  /// @param page number of the page, from 0
  /// @param size elements of a page
  /// @param sort their order
  record SentPageable(boolean paged, int page, int size, Sort sort) {

    static SentPageable of(Pageable pageable) {
      return pageable.isPaged()
          ? new SentPageable(
              true, pageable.getPageNumber(), pageable.getPageSize(), pageable.getSort())
          : new SentPageable(false, 0, 0, pageable.getSort());
    }

    Pageable pageable() {
      return paged ? request() : Pageable.unpaged(sort);
    }

    PageRequest request() {
      return PageRequest.of(page, size, sort);
    }
  }

  /// An order; of no properties if unsorted.
  record SentSort(List<SentOrder> orders) {

    static SentSort of(Sort sort) {
      return new SentSort(sort.stream().map(SentOrder::of).toList());
    }

    Sort sort() {
      return Sort.by(orders.stream().map(SentOrder::order).toList());
    }
  }

  /// One property of an order.
  record SentOrder(
      Sort.Direction direction, String property, boolean ignoreCase, Sort.NullHandling nulls) {

    static SentOrder of(Sort.Order order) {
      return new SentOrder(
          order.getDirection(), order.getProperty(), order.isIgnoreCase(), order.getNullHandling());
    }

    Sort.Order order() {
      return new Sort.Order(direction, property, ignoreCase, nulls);
    }
  }

  /// Touches Spring Data's classes.
  @SuppressWarnings({"rawtypes", "unchecked"}) // a class literal has no type arguments
  private static final class Present {

    static List<Surrogate<?, ?>> surrogates() {
      return List.of(
          new Surrogate<Page, SentSlice>(
              Page.class, SentSlice.class, SentSlice::of, SentSlice::page),
          new Surrogate<PageImpl, SentSlice>(
              PageImpl.class, SentSlice.class, SentSlice::of, SentSlice::page),
          new Surrogate<Slice, SentSlice>(
              Slice.class, SentSlice.class, SentSlice::of, SentSlice::slice),
          new Surrogate<SliceImpl, SentSlice>(
              SliceImpl.class,
              SentSlice.class,
              SentSlice::of,
              sent -> new SliceImpl<>(sent.content(), sent.pageable(), sent.next())),
          new Surrogate<>(
              Pageable.class, SentPageable.class, SentPageable::of, SentPageable::pageable),
          new Surrogate<>(
              PageRequest.class, SentPageable.class, SentPageable::of, SentPageable::request),
          new Surrogate<>(Sort.class, SentSort.class, SentSort::of, SentSort::sort),
          new Surrogate<>(Sort.Order.class, SentOrder.class, SentOrder::of, SentOrder::order));
    }
  }
}
