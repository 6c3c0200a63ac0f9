package org.firstpass.peer;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks of fields that people write; a message names the field as the JSON has it. */
public final class Requirement {
  private Requirement() {}

  public static String text(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + " is missing or blank");
    }
    return value;
  }

  public static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  public static void within(String field, int value, int least, int most) {
    that(
        value >= least && value <= most,
        field + " is " + least + " to " + most + ", but is " + value);
  }

  /** A list that may be left out, without holes. */
  public static <T> List<T> list(String field, @Nullable List<T> value) {
    if (value == null) {
      return List.of();
    }
    that(value.stream().allMatch(Objects::nonNull), field + " must not have null among its values");
    return List.copyOf(value);
  }
}
