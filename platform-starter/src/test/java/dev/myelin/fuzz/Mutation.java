package dev.myelin.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes new inputs of known ones, always the same ones of the same seed.
final class Mutation {

  private static final int LONGEST = 4096;
  private static final int MOST_STEPS = 6;

  // what is at the edge of a length, a count or a number of some format
  private static final byte[][] EDGES = {
    {0},
    {1},
    {-1},
    {0x7f},
    {(byte) 0x80, 0},
    {-1, -1, -1, -1, 0x0f},
    {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
    {0x7f, -1, -1, -1},
    {-1, -1, -1, -1},
    {0, 0, 0, 0},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {'[', '[', '['},
    {'"', '\\', 'u'},
  };

  private final Random random;
  private final List<byte[]> corpus;

  Mutation(long seed, List<byte[]> corpus) {
    this.random = new Random(seed);
    this.corpus = corpus;
  }

  byte[] next() {
    var bytes = any().clone();
    for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
      bytes = step(bytes);
    }
    return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] step(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int length = random.nextInt(Math.min(16, bytes.length - at) + 1);
    return switch (random.nextInt(7)) {
      case 0 -> flip(bytes);
      case 1 -> splice(bytes, at, at + length, new byte[0]);
      case 2 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      case 3 -> splice(bytes, at, at + length, EDGES[random.nextInt(EDGES.length)]);
      case 4 -> splice(bytes, at, at, EDGES[random.nextInt(EDGES.length)]);
      case 5 -> Arrays.copyOf(bytes, at);
      default -> {
        var other = any();
        yield splice(
            bytes,
            at,
            bytes.length,
            Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
      }
    };
  }

  private byte[] flip(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] with) {
    var result = new byte[bytes.length - (to - from) + with.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
    return result;
  }
}
