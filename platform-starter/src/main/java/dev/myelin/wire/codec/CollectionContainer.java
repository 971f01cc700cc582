package dev.myelin.wire.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A declared collection class: how elements are taken from its values and put into a new one.
@SuppressWarnings("JdkObsolete") // users declare them; and a Queue may hold null
final class CollectionContainer {

  private static final int MAX_INITIAL_CAPACITY = 1024;
  private final Class<?> type;
  private final IntFunction<Collection<?>> create;

  private CollectionContainer(Class<?> type, IntFunction<Collection<?>> create) {
    this.type = type;
    this.create = create;
  }

  /// The container for a class; null if it is not one of the JDK's collections that are carried.
  ///
  /// @param type the declared class
  /// @param element class of its elements
  static @Nullable CollectionContainer of(Class<?> type, Class<?> element) {
    var create =
        type.getName().startsWith("java.util.concurrent.") ? concurrent(type) : plain(type);
    if (type == EnumSet.class && element.isEnum()) {
      create = _ -> noneOf(element);
    }
    return create == null ? null : new CollectionContainer(type, create);
  }

  private static @Nullable IntFunction<Collection<?>> plain(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "Iterable", "Collection", "SequencedCollection", "List", "ArrayList" -> ArrayList::new;
      case "Set", "SequencedSet", "LinkedHashSet" -> LinkedHashSet::newLinkedHashSet;
      case "HashSet" -> HashSet::newHashSet;
      case "SortedSet", "NavigableSet", "TreeSet" -> _ -> new TreeSet<>();
      case "Queue", "Deque", "LinkedList" -> _ -> new LinkedList<>();
      case "ArrayDeque" -> ArrayDeque::new;
      case "PriorityQueue" -> _ -> new PriorityQueue<>();
      case "Vector" -> Vector::new;
      case "Stack" -> _ -> new Stack<>();
      default -> null;
    };
  }

  private static @Nullable IntFunction<Collection<?>> concurrent(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "BlockingQueue", "LinkedBlockingQueue" -> _ -> new LinkedBlockingQueue<>();
      case "BlockingDeque", "LinkedBlockingDeque" -> _ -> new LinkedBlockingDeque<>();
      case "ConcurrentLinkedQueue" -> _ -> new ConcurrentLinkedQueue<>();
      case "ConcurrentLinkedDeque" -> _ -> new ConcurrentLinkedDeque<>();
      case "ConcurrentSkipListSet" -> _ -> new ConcurrentSkipListSet<>();
      case "CopyOnWriteArrayList" -> ArrayList::new;
      case "PriorityBlockingQueue" -> _ -> new PriorityBlockingQueue<>();
      default -> null;
    };
  }

  /// Whether the elements are kept in their natural order, so that they have to be comparable.
  boolean sorted() {
    return SortedSet.class.isAssignableFrom(type)
        || type == PriorityQueue.class
        || type == PriorityBlockingQueue.class;
  }

  /// Whether putting an element in asks for its hash code.
  boolean hashing() {
    return Set.class.isAssignableFrom(type);
  }

  /// The elements of a value at this moment.
  ///
  /// @throws MisfitException if the value is none of the declared class
  @Nullable Object[] elements(Object value) {
    if (!type.isInstance(value)) {
      throw MisfitException.wrongClass(type, value);
    }
    if (value instanceof Collection<?> collection) {
      if (sorted()) {
        requireNaturalOrder(collection);
      }
      return collection.toArray();
    }
    var elements = new ArrayList<@Nullable Object>();
    ((Iterable<?>) value).forEach(elements::add);
    return elements.toArray();
  }

  /// An empty collection to put elements in; big ones grow as elements arrive.
  @SuppressWarnings("unchecked") // it is empty, and only elements of the declared type come in
  Collection<@Nullable Object> create(int size) {
    return (Collection<@Nullable Object>) create.apply(Math.min(size, MAX_INITIAL_CAPACITY));
  }

  /// The value itself, once its elements are in.
  Object finish(Collection<@Nullable Object> elements) {
    return type == CopyOnWriteArrayList.class ? new CopyOnWriteArrayList<>(elements) : elements;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an enum's class, known only at run time
  private static Collection<?> noneOf(Class<?> element) {
    return EnumSet.noneOf((Class) element);
  }

  private static void requireNaturalOrder(Collection<?> collection) {
    Comparator<?> comparator =
        switch (collection) {
          case SortedSet<?> set -> set.comparator();
          case PriorityQueue<?> queue -> queue.comparator();
          case PriorityBlockingQueue<?> queue -> queue.comparator();
          default -> null;
        };
    if (comparator != null && !comparator.equals(Comparator.naturalOrder())) {
      throw new MisfitException(
          "is sorted by a comparator, which cannot be carried: declare a List, which keeps the order");
    }
  }
}
