package org.firstpass.dicom;

import java.time.Instant;
import org.firstpass.study.StudyReference;

/**
 * What a synthetic CT series says of itself besides its voxels.
 *
 * @param reference its study and series; the instances' UIDs are derived from the series
 * @param patientId Patient ID (0010,0020) of the patient that does not exist
 * @param patientName Patient's Name (0010,0010), {@code Family^Given}
 * @param bodyPart Body Part Examined (0018,0015), empty for none
 * @param seriesDescription Series Description (0008,103E), empty for none
 * @param acquired study, series, acquisition and content date and time, in UTC
 */
public record CtSeriesDescription(
    StudyReference reference,
    String patientId,
    String patientName,
    String bodyPart,
    String seriesDescription,
    Instant acquired) {
  private static final int LONG_STRING = 64;
  private static final int CODE_STRING = 16;

  public CtSeriesDescription {
    requireShort("patientId", patientId, LONG_STRING);
    requireShort("patientName", patientName, LONG_STRING);
    requireShort("seriesDescription", seriesDescription, LONG_STRING);
    if (bodyPart.length() > CODE_STRING || !bodyPart.matches("[A-Z0-9_ ]*")) {
      throw new IllegalArgumentException(
          "bodyPart is at most 16 upper-case letters and digits, but is '" + bodyPart + "'");
    }
  }

  private static void requireShort(String name, String value, int maxLength) {
    if (value.length() > maxLength || value.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          name + " has at most " + maxLength + " characters and no backslash");
    }
  }
}
