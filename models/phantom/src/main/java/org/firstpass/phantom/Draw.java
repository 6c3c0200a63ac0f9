package org.firstpass.phantom;

/**
 * A stream of random draws that follows from a seed and a name, so that a draw added to one part of
 * the anatomy changes no other part. Not safe to share between threads.
 */
final class Draw {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1p-53;

  private long state;

  Draw(long seed, String name) {
    long mixed = seed;
    for (int i = 0; i < name.length(); i++) {
      mixed = mix(mixed + GOLDEN_GAMMA + name.charAt(i));
    }
    this.state = mixed;
  }

  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  double between(double low, double high) {
    return low + (next() >>> 11) * UNIT * (high - low);
  }

  int oneOf(int count) {
    return (int) Math.floorMod(next(), (long) count);
  }

  boolean withProbability(double probability) {
    return between(0, 1) < probability;
  }

  /** Bits that look random and follow from the input (the finaliser of SplitMix64). */
  static long mix(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
