package org.firstpass.correction;

import org.firstpass.event.ProposalMade;

/** The images behind proposals, as readers see them. */
public interface CaseImages {

  /** The image; read from the store if it is not at hand, so the first call may take a while. */
  ViewedImage image(ProposalMade proposal);

  /** The proposed labels in gzip, as {@link SubmittedLabels} describes them. */
  ByteContent labels(ProposalMade proposal);

  /** Begins to read what a reader will soon ask for; returns at once. */
  void prepare(ProposalMade proposal);
}
