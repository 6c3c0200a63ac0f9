package org.firstpass.drift;

/**
 * What share of accepted corrections is read a second time.
 *
 * @param usual where nothing alarms
 * @param alarmed where a group of the case has an alarm that nobody acknowledged
 */
public record ReviewRate(double usual, double alarmed) {
  /** Nothing, and a fifth. */
  public static final ReviewRate STANDARD = new ReviewRate(0, 0.2);

  public ReviewRate {
    if (!(usual >= 0 && alarmed <= 1 && alarmed >= usual)) {
      throw new IllegalArgumentException(
          "the share of second readings is 0 to 1, and not less where there is an alarm, but is "
              + usual
              + " and "
              + alarmed);
    }
  }

  public double share(boolean hasAlarm) {
    return hasAlarm ? alarmed : usual;
  }
}
