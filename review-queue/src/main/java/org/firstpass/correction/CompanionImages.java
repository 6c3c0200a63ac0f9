package org.firstpass.correction;

import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.ImageMedia;
import org.firstpass.event.ProposalMade;
import org.firstpass.study.SeriesInstanceUid;

/**
 * Other series of a study that lie in the frame of reference of the one that is corrected, to be
 * shown with it: the CT beneath a PET.
 */
public interface CompanionImages {

  /** What there is; empty if the series has no place in patient space. */
  List<Companion> of(ProposalMade proposal);

  /**
   * One of them, resampled onto the grid of the series that is corrected.
   *
   * @return empty if it is none of {@link #of}
   */
  Optional<Laid> image(ProposalMade proposal, SeriesInstanceUid series);

  /** A series that could be shown. */
  record Companion(SeriesInstanceUid series, String modality, int slices) {}

  /** The values of a series on the grid of another one, and what they are. */
  record Laid(ViewedImage image, ImageMedia media) {}
}
