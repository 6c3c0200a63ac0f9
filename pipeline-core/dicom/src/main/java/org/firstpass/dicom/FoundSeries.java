package org.firstpass.dicom;

import java.util.OptionalInt;
import org.firstpass.study.SeriesInstanceUid;

/**
 * A series that an archive says it has. {@link #toString} leaves the description out, in which
 * people write anything.
 *
 * @param modality Modality, empty if the archive does not tell it
 * @param bodyPart Body Part Examined, empty if the archive does not tell it
 * @param description Series Description, empty if the archive does not tell it
 * @param instances Number of Series Related Instances, if the archive tells it
 */
public record FoundSeries(
    SeriesInstanceUid series,
    String modality,
    String bodyPart,
    String description,
    OptionalInt instances) {
  @Override
  public String toString() {
    return "FoundSeries[" + series + ", " + modality + "]";
  }
}
