package org.firstpass.dataset;

import java.util.UUID;
import org.firstpass.study.SeriesInstanceUid;

/** A corrected series that is not in the data set, and why. */
public record LeftOutCase(
    String name, SeriesInstanceUid series, UUID correction, Reason reason, String explanation) {

  /** Why a case is left out. */
  public enum Reason {
    /** A segment could not be assessed, or nobody decided on it. */
    NOT_ASSESSABLE,
    /** The series can no longer be read as a volume; the explanation has the reason code. */
    SERIES_REFUSED,
    /** Its image is that of a case of another patient on another side; in format 1 only. */
    SAME_IMAGE_ON_ANOTHER_SIDE,
    /** Its patient is the same person as one who is on another side. */
    SAME_PERSON_ON_ANOTHER_SIDE,
    /** Fewer readers than were asked for have read it. */
    TOO_FEW_READERS,
    /** Its readers agree less than was asked for. */
    READERS_DISAGREE
  }
}
