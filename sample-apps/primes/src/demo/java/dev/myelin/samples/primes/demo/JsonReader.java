package dev.myelin.samples.primes.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/// Reads JSON by recursive descent. Used once, by one thread.
final class JsonReader {

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  Json readAll() {
    var value = readValue();
    skipSpace();
    if (at < text.length()) {
      throw unexpected("the end");
    }
    return value;
  }

  private Json readValue() {
    skipSpace();
    return switch (peek()) {
      case '{' -> readFields();
      case '[' -> readArray();
      case '"' -> new Json.Text(readText());
      case 't' -> readWord("true", new Json.Truth(true));
      case 'f' -> readWord("false", new Json.Truth(false));
      case 'n' -> readWord("null", new Json.Nothing());
      default -> readNumber();
    };
  }

  private Json readFields() {
    var values = new LinkedHashMap<String, Json>();
    expect('{');
    skipSpace();
    if (!accept('}')) {
      do {
        skipSpace();
        var name = readText();
        skipSpace();
        expect(':');
        values.put(name, readValue());
        skipSpace();
      } while (accept(','));
      expect('}');
    }
    return new Json.Fields(values);
  }

  private Json readArray() {
    var values = new ArrayList<Json>();
    expect('[');
    skipSpace();
    if (!accept(']')) {
      do {
        values.add(readValue());
        skipSpace();
      } while (accept(','));
      expect(']');
    }
    return new Json.Array(values);
  }

  private String readText() {
    var value = new StringBuilder();
    expect('"');
    while (!accept('"')) {
      value.append(accept('\\') ? readEscape() : next());
    }
    return value.toString();
  }

  private char readEscape() {
    var escape = next();
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> readCode();
      default -> throw unexpected("an escape");
    };
  }

  private char readCode() {
    if (at + 4 > text.length()) {
      throw unexpected("four digits");
    }
    at += 4;
    return (char) Integer.parseInt(text, at - 4, at, 16);
  }

  private Json readWord(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw unexpected(word);
    }
    at += word.length();
    return value;
  }

  private Json readNumber() {
    var number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw unexpected("a value");
    }
    at = number.end();
    return new Json.Numeral(new BigDecimal(number.group()));
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw unexpected("'" + wanted + "'");
    }
  }

  private char next() {
    var found = peek();
    at++;
    return found;
  }

  private char peek() {
    if (at >= text.length()) {
      throw unexpected("more");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException unexpected(String wanted) {
    return new IllegalArgumentException(
        "Not JSON: expected %s at character %d of '%s'".formatted(wanted, at, text));
  }
}
