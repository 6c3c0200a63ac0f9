package org.firstpass.correction;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.finding.Finding;
import org.firstpass.volume.LabelMap;

/** The image and label objects behind a proposal. */
public interface CaseArchive {

  /** The proposed labels, on the grid of the source series. */
  LabelMap proposedLabels(ProposalMade proposal);

  /**
   * The labels of a DICOM Segmentation, mapped onto the proposal's grid by position.
   *
   * @throws InconsistentSubmission if it cannot be read or does not lie on the series
   */
  LabelMap labelsOfSegmentation(ProposalMade proposal, byte[] segmentation);

  ObjectReference putLabels(LabelMap labels);

  /** The findings, each with the image on which it was drawn, if it was drawn on one. */
  List<Finding> located(ProposalMade proposal, List<Finding> findings);

  ObjectReference putFindings(List<Finding> findings);

  /** Writes the accepted labels as a DICOM Segmentation into the store. */
  ObjectReference putSegmentation(ProposalMade proposal, CorrectedLabel label, Signature by);

  /** Where the images of a proposal were made, as they say. */
  ImageOrigin origin(ProposalMade proposal);

  /**
   * Who made a segmentation.
   *
   * @param correction gives the object its UIDs
   * @param reader the subject, never a display name
   */
  record Signature(UUID correction, String reader, Instant at) {}
}
