package dev.myelin.samples.shapes.container;

import dev.myelin.Microservice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Takes and gives values made of values; each result differs from its argument.
@Microservice
public class Containers {

  /// Sorts a list.
  public List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  /// Puts nothing before each element.
  public List<@Nullable String> spaced(List<@Nullable String> texts) {
    var spaced = new ArrayList<@Nullable String>();
    for (var text : texts) {
      spaced.add(null);
      spaced.add(text);
    }
    return spaced;
  }

  /// Keeps the even numbers.
  public Set<Integer> even(Set<Integer> numbers) {
    return numbers.stream().filter(number -> number % 2 == 0).collect(Collectors.toSet());
  }

  /// Groups texts by their length.
  public Map<Integer, List<String>> byLength(List<String> texts) {
    return texts.stream()
        .collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toList()));
  }

  /// Turns the order of a map round.
  public Map<String, @Nullable Integer> reversed(Map<String, @Nullable Integer> map) {
    var reversed = new LinkedHashMap<String, @Nullable Integer>();
    for (var key : List.copyOf(map.keySet()).reversed()) {
      reversed.put(key, map.get(key));
    }
    return reversed;
  }

  /// Moves the keys of a map.
  public Map<Point, String> moved(Map<Point, String> names, Point by) {
    return names.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> new Point(entry.getKey().x() + by.x(), entry.getKey().y() + by.y()),
                Map.Entry::getValue));
  }

  /// Adds up as it goes.
  public int[] sums(int... numbers) {
    var sums = numbers.clone();
    for (var i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }

  /// Exchanges rows and columns of a square.
  public long[][] transposed(long[][] square) {
    var transposed = new long[square.length][square.length];
    for (var row = 0; row < square.length; row++) {
      for (var column = 0; column < square.length; column++) {
        transposed[column][row] = square[row][column];
      }
    }
    return transposed;
  }

  /// Mirrors points at the diagonal.
  public Point[] mirrored(Point[] points) {
    return IntStream.range(0, points.length)
        .mapToObj(i -> new Point(points[i].y(), points[i].x()))
        .toArray(Point[]::new);
  }

  /// Joins a variable number of texts.
  public String joined(String separator, String... texts) {
    return String.join(separator, texts);
  }

  /// Swaps the two values of a pair.
  public Pair<Integer, String> swapped(Pair<String, Integer> pair) {
    return pair.swapped();
  }

  /// Cuts a list into pages and gives one of them, rows in lists.
  public Page<List<Pair<String, Point>>> page(
      List<Pair<String, Point>> rows, int width, int number) {
    var lines = new ArrayList<List<Pair<String, Point>>>();
    for (var from = number * width * 2; from < rows.size() && lines.size() < 2; from += width) {
      lines.add(rows.subList(from, Math.min(from + width, rows.size())));
    }
    var last = rows.size() <= (number + 1) * width * 2;
    return new Page<>(lines, number, last ? Optional.empty() : Optional.of(number + 1));
  }

  /// Mirrors a tree.
  public Tree mirrored(Tree tree) {
    return tree.mirrored();
  }

  /// Finds the first point right of the given one.
  public Optional<Point> rightOf(Optional<Point> origin, List<Point> points) {
    return origin.flatMap(from -> points.stream().filter(to -> to.x() > from.x()).findFirst());
  }

  /// Adds up, and tells later, on another thread.
  public CompletableFuture<Long> sumLater(List<Integer> numbers) {
    return CompletableFuture.supplyAsync(
        () -> numbers.stream().mapToLong(Integer::longValue).sum());
  }

  /// Gives nothing, later.
  public CompletableFuture<@Nullable Void> nothingLater() {
    return CompletableFuture.completedFuture(null);
  }

  /// Goes one level deeper in a value of many levels.
  public Map<String, Map<Point, List<Optional<Integer>>>> deeper(
      Map<String, Map<Point, List<Optional<Integer>>>> levels) {
    var deeper = new TreeMap<String, Map<Point, List<Optional<Integer>>>>();
    levels.forEach((name, inner) -> deeper.put(name + "'", inner));
    return deeper;
  }
}
