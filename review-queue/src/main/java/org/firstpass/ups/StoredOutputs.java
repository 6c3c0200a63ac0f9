package org.firstpass.ups;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.volume.LabelMap;

/** Segmentations and structure sets that came back through the gateway, by C-STORE or STOW-RS. */
public interface StoredOutputs {

  /**
   * An object, and what it says of a task.
   *
   * @param object what {@link #taken} knows it by
   * @param labels on the grid of the task's proposal
   */
  record Output(UUID object, LabelMap labels, List<SegmentVerdict> verdicts) {
    public Output {
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * Examines an object, if it has arrived in a complete series.
   *
   * @throws org.firstpass.correction.InconsistentSubmission if it cannot be used for the task, or
   *     is not clear
   */
  Optional<Output> find(SeriesInstanceUid series, SopInstanceUid instance, UUID task);

  /** Says that an object became a correction. */
  void taken(Output output, UUID task, UUID correction, String reader);
}
