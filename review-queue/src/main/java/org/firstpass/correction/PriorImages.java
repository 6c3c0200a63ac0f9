package org.firstpass.correction;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.dicom.ImageMedia;
import org.firstpass.event.ObjectReference;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.SeriesInstanceUid;

/** Other images of a patient, as readers see them beside the one that they read. */
public interface PriorImages {

  /** The newest revision of a series; empty if nothing is stored of it. */
  Optional<Shown> image(SeriesInstanceUid series);

  /** An image, and what its values are. */
  record Shown(ViewedImage image, ImageMedia media) {}

  /**
   * The labels of a series that were accepted last, if they lie on the grid of the image.
   *
   * @see #labels
   */
  Optional<Accepted> accepted(SeriesInstanceUid series);

  /** Accepted labels in gzip, as {@link SubmittedLabels} describes them. */
  ByteContent labels(Accepted accepted);

  /** Accepted labels as runs, see {@code org.firstpass.journal.Runs}. */
  ByteContent labelRuns(Accepted accepted);

  /**
   * Labels that were accepted.
   *
   * @param correction that they are of
   */
  record Accepted(UUID correction, Instant at, LabelSchema schema, ObjectReference labels) {}

  /** Where accepted labels are found. */
  @FunctionalInterface
  interface AcceptedLookup {
    /** What stands of the decisions on a series, the latest. */
    Optional<Accepted> latest(SeriesInstanceUid series);
  }
}
