package org.firstpass.geometry;

/**
 * An anatomical orientation of a grid: for slice, row and column index, in that order (the order of
 * the tensor axes D, H, W), the direction in which the index grows, one of L R P A S I.
 *
 * <p>{@code LIA} is FreeSurfer's conformed order: slices grow to the left, rows to the feet,
 * columns to the front.
 */
public record Orientation(String code) {
  private static final String PAIRS = "LRPASI";

  public Orientation {
    if (code.length() != 3) {
      throw new IllegalArgumentException("an orientation is three letters, but is '" + code + "'");
    }
    int seen = 0;
    for (char letter : code.toCharArray()) {
      int at = PAIRS.indexOf(letter);
      if (at < 0) {
        throw new IllegalArgumentException(
            "an orientation has letters of L R P A S I, but is '" + code + "'");
      }
      seen |= 1 << at / 2;
    }
    if (seen != 0b111) {
      throw new IllegalArgumentException(
          "an orientation names each of the three directions once, but is '" + code + "'");
    }
  }

  /** The axes of a grid in exactly this orientation. */
  public Axes axes() {
    return new Axes(
        direction(code.charAt(2)), direction(code.charAt(1)), direction(code.charAt(0)));
  }

  private static Vector3 direction(char letter) {
    return switch (letter) {
      case 'L' -> new Vector3(1, 0, 0);
      case 'R' -> new Vector3(-1, 0, 0);
      case 'P' -> new Vector3(0, 1, 0);
      case 'A' -> new Vector3(0, -1, 0);
      case 'S' -> new Vector3(0, 0, 1);
      default -> new Vector3(0, 0, -1);
    };
  }

  @Override
  public String toString() {
    return code;
  }
}
