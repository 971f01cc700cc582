package dev.myelin.samples.beans;

import dev.myelin.Microservice;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.domain.Sort;

/// Gives back what it is given, in every shape of argument and result.
@Microservice
class Values {

  record Point(int x, int y) {}

  record Segment(Point from, Point to, Map<String, List<Point>> marks) {}

  sealed interface Shape permits Circle, Box {}

  record Circle(Point centre, double radius) implements Shape {}

  record Box(List<Shape> inside) implements Shape {}

  enum Colour {
    RED,
    GREEN
  }

  static class Node {
    String name = "";
    @Nullable Node next;
  }

  static class Refused extends Exception {
    private final int left;
    private final Thread holder;

    Refused(int left, Thread holder) {
      super("refused");
      this.left = left;
      this.holder = holder;
    }

    int left() {
      return left;
    }

    @Nullable Thread holder() {
      return holder;
    }
  }

  static class Broken extends Error {
    Broken(String message) {
      super(message);
    }
  }

  public String of(int number) {
    return "int " + number;
  }

  public String of(long number) {
    return "long " + number;
  }

  public String of(List<Integer> numbers) {
    return "list " + numbers;
  }

  public Optional<Point> optional(Optional<Point> point) {
    return point;
  }

  public CompletableFuture<Point> later(Point point) {
    return CompletableFuture.supplyAsync(() -> point);
  }

  public Future<Point> plainFuture(Point point) {
    var task = new FutureTask<>(() -> point);
    Thread.startVirtualThread(task);
    return task;
  }

  public Map<UUID, URI> links(Map<UUID, URI> links) {
    return links;
  }

  public Map<Point, Map<Colour, List<Optional<Integer>>>> keys(
      Map<Point, Map<Colour, List<Optional<Integer>>>> keys) {
    return keys;
  }

  public Segment segment(Segment segment) {
    return segment;
  }

  public Shape shape(Shape shape) {
    return shape;
  }

  public Map<LocalDate, BigDecimal> amounts(Map<LocalDate, BigDecimal> amounts) {
    return amounts;
  }

  public byte @Nullable [] bytes(byte @Nullable [] bytes) {
    return bytes;
  }

  public Colour @Nullable [] colours(Colour... colours) {
    return colours;
  }

  public void nothing() {}

  public Node chain(Node first) {
    return first;
  }

  public Page<Point> page(Pageable pageable) {
    return new PageImpl<>(new ArrayList<>(List.of(new Point(1, 2))), pageable, 7);
  }

  public Slice<Point> slice(Pageable pageable) {
    return new SliceImpl<>(new ArrayList<>(List.of(new Point(1, 2))), pageable, true);
  }

  public Sort sort(Sort sort) {
    return sort.reverse();
  }

  public void refuse(int left) throws Refused {
    throw new Refused(left, Thread.currentThread());
  }

  public void breakDown() {
    throw new Broken("for good");
  }

  public int deep(int level) {
    return level < 0 ? 0 : deep(level + 1) + 1;
  }
}
