package dev.myelin.wire.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SequencedCollection;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
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
  private static final Map<Class<?>, IntFunction<Collection<?>>> CREATORS = new HashMap<>();

  static {
    creates(ArrayList::new, Iterable.class, Collection.class, SequencedCollection.class);
    creates(ArrayList::new, List.class, ArrayList.class);
    creates(LinkedHashSet::newLinkedHashSet, Set.class, SequencedSet.class, LinkedHashSet.class);
    creates(HashSet::newHashSet, HashSet.class);
    creates(_ -> new TreeSet<>(), SortedSet.class, NavigableSet.class, TreeSet.class);
    creates(_ -> new LinkedList<>(), Queue.class, Deque.class, LinkedList.class);
    creates(ArrayDeque::new, ArrayDeque.class);
    creates(Vector::new, Vector.class);
    creates(_ -> new Stack<>(), Stack.class);
    creates(_ -> new PriorityQueue<>(), PriorityQueue.class);
    creates(_ -> new PriorityBlockingQueue<>(), PriorityBlockingQueue.class);
    creates(ArrayList::new, CopyOnWriteArrayList.class);
    creates(_ -> new ConcurrentLinkedQueue<>(), ConcurrentLinkedQueue.class);
    creates(_ -> new ConcurrentLinkedDeque<>(), ConcurrentLinkedDeque.class);
    creates(_ -> new ConcurrentSkipListSet<>(), ConcurrentSkipListSet.class);
    creates(_ -> new LinkedBlockingQueue<>(), BlockingQueue.class, LinkedBlockingQueue.class);
    creates(_ -> new LinkedBlockingDeque<>(), BlockingDeque.class, LinkedBlockingDeque.class);
  }

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
    if (type == EnumSet.class) {
      return element.isEnum() ? new CollectionContainer(type, _ -> noneOf(element)) : null;
    }
    var create = CREATORS.get(type);
    return create == null ? null : new CollectionContainer(type, create);
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

  private static void creates(IntFunction<Collection<?>> create, Class<?>... types) {
    for (var type : types) {
      CREATORS.put(type, create);
    }
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
