package org.firstpass.correction;

import java.util.Optional;
import org.firstpass.dicom.ImageMedia;
import org.firstpass.event.ProposalMade;

/** The images behind proposals, as readers see them. */
public interface CaseImages {

  /** The image; read from the store if it is not at hand, so the first call may take a while. */
  ViewedImage image(ProposalMade proposal);

  /** What the values of the image are. */
  ImageMedia media(ProposalMade proposal);

  /**
   * Red, green and blue of each voxel of the image, in its order; empty if it is grey.
   *
   * @see org.firstpass.dicom.SeriesSurvey#readColour
   */
  Optional<ByteContent> colour(ProposalMade proposal);

  /** The proposed labels in gzip, as {@link SubmittedLabels} describes them. */
  ByteContent labels(ProposalMade proposal);

  /** Labels of a correction in gzip, in the same way. */
  ByteContent labels(CorrectionRevision.Outcome outcome);

  /** The proposed labels as runs, see {@code org.firstpass.journal.Runs}. */
  ByteContent labelRuns(ProposalMade proposal);

  /** Labels of a correction as runs, in the same way. */
  ByteContent labelRuns(CorrectionRevision.Outcome outcome);

  /** Begins to read what a reader will soon ask for; returns at once. */
  void prepare(ProposalMade proposal);

  /** Begins to find out what a reader may ask for, short of the pixels; returns at once. */
  void foresee(ProposalMade proposal);
}
