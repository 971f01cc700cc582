package dev.myelin.samples.boot40;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Says that something has no price.
@ResponseStatus(HttpStatus.NOT_FOUND)
public class UnknownItemException extends RuntimeException {

  private final String item;

  UnknownItemException(String item) {
    super("There is no price of '%s'".formatted(item));
    this.item = item;
  }

  /// Name of the thing.
  public String item() {
    return item;
  }
}
