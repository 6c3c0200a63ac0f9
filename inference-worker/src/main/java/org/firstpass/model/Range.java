package org.firstpass.model;

import org.jspecify.annotations.Nullable;

/**
 * Bounds of a value, both included; null for none.
 *
 * @param minimum smallest value allowed
 * @param maximum largest value allowed
 */
public record Range(@Nullable Double minimum, @Nullable Double maximum) {
  public Range {
    Requirement.finite("a range's minimum", minimum);
    Requirement.finite("a range's maximum", maximum);
    Requirement.that(
        minimum == null || maximum == null || minimum <= maximum,
        "a range's minimum must not exceed its maximum, but is " + minimum + " to " + maximum);
  }

  public boolean contains(double value) {
    return (minimum == null || value >= minimum) && (maximum == null || value <= maximum);
  }

  /** As people write it: {@code 1 to 5}, {@code at least 1}, {@code at most 5}. */
  @Override
  public String toString() {
    if (minimum == null) {
      return maximum == null ? "any" : "at most " + maximum;
    }
    return maximum == null ? "at least " + minimum : minimum + " to " + maximum;
  }
}
