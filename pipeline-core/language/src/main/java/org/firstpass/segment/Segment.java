package org.firstpass.segment;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One structure that a label map may mark.
 *
 * @param number its Segment Number and its label value, from 1
 * @param label its Segment Label, shown to people
 * @param category Segmented Property Category (CID 7150)
 * @param type Segmented Property Type (CID 7151)
 * @param typeModifier for instance the laterality, null if there is none
 * @param colour the recommended display colour, {@code #rrggbb}
 * @see "PS3.3 C.8.20.2"
 */
public record Segment(
    int number,
    String label,
    CodedConcept category,
    CodedConcept type,
    @Nullable CodedConcept typeModifier,
    String colour) {
  public Segment {
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("a segment number is 1 to 65535, but is " + number);
    }
    if (label.isBlank() || label.length() > 64) {
      throw new IllegalArgumentException(
          "a segment label has 1 to 64 characters, but is '" + label + "'");
    }
    if (!colour.matches("#[0-9a-fA-F]{6}")) {
      throw new IllegalArgumentException("a colour is #rrggbb, but is '" + colour + "'");
    }
  }

  public Optional<CodedConcept> modifier() {
    return Optional.ofNullable(typeModifier);
  }
}
