package dev.myelin.testapp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What ran in this JVM.
public final class Traces {

  private static final List<String> RAN = new CopyOnWriteArrayList<>();

  private Traces() {}

  public static void add(String what) {
    RAN.add(what);
  }

  public static List<String> ran() {
    return List.copyOf(RAN);
  }

  public static void clear() {
    RAN.clear();
  }
}
