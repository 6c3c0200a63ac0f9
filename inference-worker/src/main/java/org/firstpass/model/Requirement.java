package org.firstpass.model;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of fields that people write; a message names the field as the JSON has it. */
public final class Requirement {
  private static final int AXES = 3;

  private Requirement() {}

  public static void present(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
  }

  public static void text(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + " is missing or blank");
    }
  }

  public static void matches(String field, @Nullable String value, Pattern shape) {
    if (value == null || !shape.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + " must match " + shape + ", but is '" + value + "'");
    }
  }

  public static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** A list that may be left out, without holes. */
  public static <T> List<T> list(String field, @Nullable List<T> value) {
    if (value == null) {
      return List.of();
    }
    that(value.stream().allMatch(Objects::nonNull), field + " must not have null among its values");
    return List.copyOf(value);
  }

  static void finite(String field, @Nullable Double value) {
    that(
        value == null || Double.isFinite(value),
        field + " must be a finite number, but is " + value);
  }

  /** Three whole numbers above zero, one per tensor axis D, H, W. */
  static List<Integer> sizes(String field, @Nullable List<Integer> value) {
    if (value == null || value.size() != AXES || value.stream().anyMatch(n -> n == null || n < 1)) {
      throw new IllegalArgumentException(
          field + " must be three whole numbers above zero, but is " + value);
    }
    return List.copyOf(value);
  }

  /** Three finite numbers, one per axis. */
  static List<Double> numbers(String field, @Nullable List<Double> value) {
    if (value == null
        || value.size() != AXES
        || value.stream().anyMatch(n -> n == null || !Double.isFinite(n))) {
      throw new IllegalArgumentException(field + " must be three numbers, but is " + value);
    }
    return List.copyOf(value);
  }
}
