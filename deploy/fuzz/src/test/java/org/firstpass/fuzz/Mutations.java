package org.firstpass.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages seeds, the same way each time: for a run too short to need an engine. */
final class Mutations {
  private static final byte[][] WORDS = {
    {-1, -1, -1, -1}, {0, 0, 0, 0}, {-1, -1, -1, 127}, {0, 0, 0, -128}, {-2, -1, 0, -32}, {'S', 'Q'}
  };

  private final List<byte[]> seeds;
  private final Random random;

  Mutations(List<byte[]> seeds, long seed) {
    this.seeds = seeds;
    this.random = new Random(seed);
  }

  byte[] next() {
    byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
    for (int i = random.nextInt(6); i >= 0 && input.length > 0; i--) {
      input = damaged(input);
    }
    return input;
  }

  private byte[] damaged(byte[] input) {
    int at = random.nextInt(input.length);
    switch (random.nextInt(5)) {
      case 0 -> input[at] = (byte) random.nextInt();
      case 1 -> input[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      case 2 -> {
        byte[] word = WORDS[random.nextInt(WORDS.length)];
        System.arraycopy(word, 0, input, at, Math.min(word.length, input.length - at));
      }
      case 3 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int count = Math.min(random.nextInt(64), Math.min(other.length, input.length - at));
        System.arraycopy(other, random.nextInt(other.length - count + 1), input, at, count);
      }
      default -> {
        return random.nextInt(4) == 0 ? Arrays.copyOf(input, at) : without(input, at);
      }
    }
    return input;
  }

  private byte[] without(byte[] input, int at) {
    int count = Math.min(random.nextInt(16), input.length - at);
    byte[] shorter = Arrays.copyOf(input, input.length - count);
    System.arraycopy(input, at + count, shorter, at, input.length - at - count);
    return shorter;
  }
}
