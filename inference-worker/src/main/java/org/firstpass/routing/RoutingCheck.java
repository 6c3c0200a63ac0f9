package org.firstpass.routing;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.firstpass.model.Requirement;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a rules file that are more than text; a message names the field. */
final class RoutingCheck {
  private RoutingCheck() {}

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

  static ProjectName project(String field, String name) {
    try {
      return new ProjectName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }

  static LocalTime timeOfDay(String field, @Nullable String value) {
    Requirement.text(field, value);
    try {
      return LocalTime.parse(String.valueOf(value));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " must be a time of day as 18:00, but is '" + value + "'", e);
    }
  }

  static LocalDateTime time(String field, String value) {
    try {
      return LocalDateTime.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " must be a local time as 2026-01-31T18:30, but is '" + value + "'", e);
    }
  }
}
