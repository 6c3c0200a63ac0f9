package org.firstpass.correction;

import java.util.List;
import org.firstpass.event.ProposalMade;

/** What accepted corrections say of the volumes that segments have. */
public interface AcceptedVolumes {
  /**
   * The usual volumes of the proposal's segments: of the same package and schema, without the
   * series of the proposal itself. A segment of which too few cases are known is not in it.
   */
  List<UsualVolume> usualFor(ProposalMade proposal);
}
