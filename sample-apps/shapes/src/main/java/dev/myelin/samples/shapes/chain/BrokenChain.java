package dev.myelin.samples.shapes.chain;

/// Says that a later step of the chain failed.
public final class BrokenChain extends RuntimeException {

  private final int step;

  BrokenChain(int step, Throwable cause) {
    super("broken behind step " + step, cause);
    this.step = step;
  }

  /// The step that noticed, from 1.
  public int step() {
    return step;
  }
}
