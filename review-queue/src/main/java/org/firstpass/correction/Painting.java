package org.firstpass.correction;

import java.io.InputStream;
import org.firstpass.event.ProposalMade;
import org.firstpass.volume.LabelMap;

/** The labels as a reader left them, in whatever form they were sent. Asked once. */
@FunctionalInterface
public interface Painting {

  /**
   * The labels, on the grid of the proposal.
   *
   * @throws InconsistentSubmission if they do not lie on it
   */
  LabelMap over(ProposalMade proposal, LabelMap proposed);

  /** The proposal as it was. */
  static Painting nothing() {
    return (proposal, proposed) -> proposed;
  }

  /** Values as {@link SubmittedLabels} describes them. */
  static Painting values(InputStream gzip) {
    return (proposal, proposed) -> SubmittedLabels.read(gzip, proposed.geometry());
  }

  /** A DICOM Segmentation, mapped by position. */
  static Painting segmentation(byte[] part10, CaseArchive archive) {
    return (proposal, proposed) -> archive.labelsOfSegmentation(proposal, part10);
  }
}
