package org.firstpass.fuzz.net;

import java.util.Arrays;
import java.util.List;

/** An input, read as choices; when it is used up, every choice is the first. Not thread-safe. */
final class Choices {
  private final byte[] input;
  private int position;

  Choices(byte[] input) {
    this.input = input;
  }

  boolean isEmpty() {
    return position >= input.length;
  }

  /** 0 to 255. */
  int octet() {
    return isEmpty() ? 0 : Byte.toUnsignedInt(input[position++]);
  }

  int number() {
    return octet() << 24 | octet() << 16 | octet() << 8 | octet();
  }

  /** 0 to below. */
  int below(int bound) {
    return octet() % bound;
  }

  <T> T of(List<T> all) {
    return all.get(below(all.size()));
  }

  /** True for one value of so many. */
  boolean oneIn(int count) {
    return octet() % count == 1;
  }

  byte[] bytes(int count) {
    int end = Math.min(input.length, position + count);
    byte[] taken = Arrays.copyOfRange(input, Math.min(position, end), end);
    position = end;
    return Arrays.copyOf(taken, count);
  }

  byte[] rest() {
    return bytes(input.length - position);
  }

  /** A length as it is, or now and then a lie about it. */
  int length(int honest) {
    if (!oneIn(40)) {
      return honest;
    }
    return switch (below(6)) {
      case 0 -> honest + 1;
      case 1 -> honest - 1;
      case 2 -> 0;
      case 3 -> -1;
      case 4 -> 0x7FFFFFFF;
      default -> number();
    };
  }
}
