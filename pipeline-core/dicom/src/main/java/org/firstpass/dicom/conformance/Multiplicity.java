package org.firstpass.dicom.conformance;

/**
 * How many values, or items, an attribute may have.
 *
 * @param least at least so many
 * @param most at most so many
 * @param step their number is a multiple of it
 * @see "PS3.5 section 6.4"
 */
record Multiplicity(int least, int most, int step) {
  /** Reads {@code 1}, {@code 1-n}, {@code 2-2n}. */
  static Multiplicity parse(String text) {
    String[] bounds = text.split("-");
    int least = Integer.parseInt(bounds[0]);
    if (bounds.length == 1) {
      return new Multiplicity(least, least, 1);
    }
    String last = bounds[1];
    if (!last.endsWith("n")) {
      return new Multiplicity(least, Integer.parseInt(last), 1);
    }
    String step = last.substring(0, last.length() - 1);
    return new Multiplicity(least, Integer.MAX_VALUE, step.isEmpty() ? 1 : Integer.parseInt(step));
  }

  boolean allows(int count) {
    return count >= least && count <= most && count % step == 0;
  }

  @Override
  public String toString() {
    if (least == most) {
      return Integer.toString(least);
    }
    return least + " to " + (most == Integer.MAX_VALUE ? "n" : Integer.toString(most));
  }
}
