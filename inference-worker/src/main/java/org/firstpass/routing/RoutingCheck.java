package org.firstpass.routing;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Checks of the fields of a rules file; a message names the field as the JSON has it. */
final class RoutingCheck {
  private RoutingCheck() {}

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void text(String field, @Nullable String value) {
    that(value != null && !value.isBlank(), field + " is missing or blank");
  }

  static <T> List<T> listed(@Nullable List<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }

  static void expression(String field, @Nullable String expression) {
    try {
      if (expression != null) {
        compile(expression);
      }
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          field + " is not a regular expression: " + e.getDescription(), e);
    }
  }

  static Pattern compile(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  static void time(String field, @Nullable String value) {
    text(field, value);
    try {
      LocalTime.parse(String.valueOf(value));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " must be a time of day as 18:00, but is '" + value + "'", e);
    }
  }
}
