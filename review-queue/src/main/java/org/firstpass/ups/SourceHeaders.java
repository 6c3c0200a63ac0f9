package org.firstpass.ups;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.dicom.PatientStudy;
import org.firstpass.event.ProposalMade;
import org.firstpass.study.InstanceReference;

/** What a workitem says of its input, from the stored objects. */
public interface SourceHeaders {

  /** Patient and study as the source says them; empty if its header cannot be read any more. */
  Optional<PatientStudy> patient(ProposalMade proposal);

  /**
   * The studies of sources that match.
   *
   * @param keys as QIDO-RS has them
   * @throws WorklistRefusal MALFORMED for values that cannot be matched, TOO_LARGE if too many do
   */
  List<String> studies(Map<String, List<String>> keys);

  /** The instances that were proposed for. */
  List<InstanceReference> instances(ProposalMade proposal);
}
