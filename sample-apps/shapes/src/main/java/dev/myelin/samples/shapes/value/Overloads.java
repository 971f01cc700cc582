package dev.myelin.samples.shapes.value;

import dev.myelin.Microservice;
import java.util.List;

/// One name, many operations, told apart by the types of their parameters.
@Microservice
public class Overloads {

  /// Takes nothing.
  public String told() {
    return "nothing";
  }

  /// Takes an `int`.
  public String told(int value) {
    return "int " + value;
  }

  /// Takes an `Integer`.
  public String told(Integer value) {
    return "Integer " + value;
  }

  /// Takes a `long`.
  public String told(long value) {
    return "long " + value;
  }

  /// Takes a `double`.
  public String told(double value) {
    return "double " + value;
  }

  /// Takes a text.
  public String told(String value) {
    return "String " + value;
  }

  /// Takes an array.
  public String told(int[] values) {
    return "int[] of " + values.length;
  }

  /// Takes a list.
  public String told(List<String> values) {
    return "List " + values;
  }

  /// Takes a number and a text.
  public String told(int number, String text) {
    return "int %d, String %s".formatted(number, text);
  }

  /// Takes a text and a number.
  public String told(String text, int number) {
    return "String %s, int %d".formatted(text, number);
  }
}
