package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.OUTPUT_INFORMATION;
import static org.firstpass.ups.UpsAttribute.REFERENCED_SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.REFERENCED_SOP_SEQUENCE;
import static org.firstpass.ups.UpsAttribute.SERIES_INSTANCE_UID;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.correction.CaseArchive;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.DerivedVerdicts;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.correction.Painting;
import org.firstpass.correction.Submission;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.Fence;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.ups.WorklistRefusal.Reason;
import org.firstpass.volume.LabelMap;

/**
 * What COMPLETED means for the queue: the submission of the one segmentation that Output
 * Information names, or, if it names none or the proposal's own, that every segment is right as
 * proposed.
 *
 * <p>It goes the way of every submission, so that one decision is one correction. Thread-safe.
 */
public final class Completion {
  private final CorrectionDesk desk;
  private final CaseArchive archive;
  private final StoredOutputs outputs;

  public Completion(CorrectionDesk desk, CaseArchive archive, StoredOutputs outputs) {
    this.desk = desk;
    this.archive = archive;
    this.outputs = outputs;
  }

  private record Output(String series, String instance) {}

  /**
   * Submits what the performer has set.
   *
   * @throws WorklistRefusal FINAL_STATE_UNMET if something is missing, or its output is not here or
   *     does not lie on the series
   */
  SubmitAnswer submit(Workitem workitem, Fence fence) {
    DataSet performed = FinalState.performed(workitem.attributes());
    ProposalMade proposal = workitem.row().task().subject().proposal();
    LabelMap proposed = archive.proposedLabels(proposal);
    try {
      LabelMap painted = painted(performed, proposal, proposed);
      var submission =
          new Submission(
              DerivedVerdicts.of(proposal.schema(), proposed, painted),
              painted == proposed ? Painting.nothing() : (same, labels) -> painted,
              FinalState.activeMillis(performed));
      return desk.submit(workitem.id(), fence, submission);
    } catch (InconsistentSubmission e) {
      throw new WorklistRefusal(Reason.FINAL_STATE_UNMET, String.valueOf(e.getMessage()));
    }
  }

  private LabelMap painted(DataSet performed, ProposalMade proposal, LabelMap proposed) {
    String own = WorkitemView.derived("segmentation instance", proposal.id());
    List<Output> corrected =
        outputs(performed).stream().filter(output -> !output.instance().equals(own)).toList();
    if (corrected.isEmpty()) {
      return proposed;
    }
    if (corrected.size() > 1) {
      throw FinalState.unmet("one segmentation in " + OUTPUT_INFORMATION.hex());
    }
    return archive.labelsOfSegmentation(proposal, stored(corrected.get(0)));
  }

  private byte[] stored(Output output) {
    if (!WorkitemUid.isUid(output.series()) || !WorkitemUid.isUid(output.instance())) {
      throw FinalState.unmet("UIDs in " + OUTPUT_INFORMATION.hex());
    }
    return outputs
        .find(new SeriesInstanceUid(output.series()), new SopInstanceUid(output.instance()))
        .orElseThrow(
            () ->
                FinalState.unmet(
                    "an output that was stored here before; none of its series has arrived, so"
                        + " store it, wait for its series to be complete and try again: "
                        + OUTPUT_INFORMATION.hex()));
  }

  private static List<Output> outputs(DataSet performed) {
    var found = new ArrayList<Output>();
    for (DataSet item : performed.items(OUTPUT_INFORMATION)) {
      String series = item.text(SERIES_INSTANCE_UID).orElse("");
      for (DataSet reference : item.items(REFERENCED_SOP_SEQUENCE)) {
        found.add(new Output(series, reference.text(REFERENCED_SOP_INSTANCE_UID).orElse("")));
      }
    }
    return found;
  }
}
