package org.firstpass.dicom.conformance;

import java.util.Set;
import java.util.function.ToIntFunction;
import org.dcm4che3.data.Attributes;

/**
 * When a conditional attribute is required, by another attribute of the same item.
 *
 * @param keyword the other attribute
 * @param kind what is asked of it
 * @param values of which it has one, if the kind is VALUE
 */
record Condition(String keyword, Kind kind, Set<String> values) {
  enum Kind {
    PRESENT,
    ABSENT,
    VALUE
  }

  /** Reads {@code Keyword present}, {@code Keyword absent} or {@code Keyword = A|B}. */
  static Condition parse(String text) {
    if (text.endsWith(" present")) {
      return new Condition(text.substring(0, text.indexOf(' ')), Kind.PRESENT, Set.of());
    }
    if (text.endsWith(" absent")) {
      return new Condition(text.substring(0, text.indexOf(' ')), Kind.ABSENT, Set.of());
    }
    String[] parts = text.split(" = ", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a condition: " + text);
    }
    return new Condition(parts[0], Kind.VALUE, Set.of(parts[1].split("\\|")));
  }

  boolean holds(Attributes item, ToIntFunction<String> tagOf) {
    int tag = tagOf.applyAsInt(keyword);
    return switch (kind) {
      case PRESENT -> item.containsValue(tag);
      case ABSENT -> !item.containsValue(tag);
      case VALUE -> values.contains(item.getString(tag, "").strip());
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case PRESENT -> keyword + " is present";
      case ABSENT -> keyword + " is absent";
      case VALUE -> keyword + " is " + String.join(" or ", values.stream().sorted().toList());
    };
  }
}
