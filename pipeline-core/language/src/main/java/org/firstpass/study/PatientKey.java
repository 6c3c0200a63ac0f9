package org.firstpass.study;

/**
 * A keyed pseudonym of a patient: equal for equal patients of one installation, useless outside it.
 *
 * <p>The only form in which a patient may appear in an event, a log line or a data set.
 */
public record PatientKey(String value) {
  public PatientKey {
    if (value.isBlank()) {
      throw new IllegalArgumentException("PatientKey must not be blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
