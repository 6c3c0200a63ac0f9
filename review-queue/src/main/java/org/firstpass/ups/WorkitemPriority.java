package org.firstpass.ups;

import java.util.Arrays;
import java.util.Optional;
import org.firstpass.review.PriorityScore;

/**
 * Scheduled Procedure Step Priority (0074,1200), from what was asked for or from the score.
 *
 * <p>Who asks for HIGH adds {@value #ASKED_POINTS} points to the score, as much as the largest
 * doubt of a model; LOW takes them away.
 */
public enum WorkitemPriority {
  HIGH,
  MEDIUM,
  LOW;

  static final double ASKED_POINTS = 10;
  private static final double HIGH_FROM = 8;
  private static final double MEDIUM_FROM = 3;

  static WorkitemPriority of(PriorityScore score) {
    double total = score.total();
    return total >= HIGH_FROM ? HIGH : total >= MEDIUM_FROM ? MEDIUM : LOW;
  }

  static Optional<WorkitemPriority> named(String name) {
    return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
  }

  double askedPoints() {
    return switch (this) {
      case HIGH -> ASKED_POINTS;
      case MEDIUM -> 0;
      case LOW -> -ASKED_POINTS;
    };
  }
}
