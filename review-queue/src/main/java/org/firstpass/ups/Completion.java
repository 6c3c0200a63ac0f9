package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.OUTPUT_INFORMATION;
import static org.firstpass.ups.UpsAttribute.REFERENCED_SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.REFERENCED_SOP_SEQUENCE;
import static org.firstpass.ups.UpsAttribute.SERIES_INSTANCE_UID;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
import org.firstpass.ups.StoredOutputs.Output;
import org.firstpass.ups.WorklistRefusal.Reason;
import org.firstpass.volume.LabelMap;

/**
 * What COMPLETED means for the queue: the submission of the one segmentation or structure set that
 * Output Information names, or, if it names none or the proposal's own, that every segment is right
 * as proposed.
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

  private record Named(String series, String instance) {}

  /**
   * Submits what the performer has set.
   *
   * @throws WorklistRefusal FINAL_STATE_UNMET if something is missing, or its output is not here or
   *     cannot be used for the series
   */
  SubmitAnswer submit(Workitem workitem, Fence fence) {
    DataSet performed = FinalState.performed(workitem.attributes());
    long activeMillis = FinalState.activeMillis(performed);
    try {
      Optional<Output> output = output(workitem, performed);
      SubmitAnswer answer =
          desk.submit(
              workitem.id(),
              fence,
              output
                  .map(one -> submission(one, activeMillis))
                  .orElseGet(() -> asProposed(workitem, activeMillis)));
      if (output.isPresent() && answer instanceof SubmitAnswer.Accepted accepted) {
        UUID correction = accepted.receipt().correctionId();
        outputs.taken(output.get(), workitem.id(), correction, fence.reader());
      }
      return answer;
    } catch (InconsistentSubmission e) {
      throw new WorklistRefusal(Reason.FINAL_STATE_UNMET, String.valueOf(e.getMessage()));
    }
  }

  private static Submission submission(Output output, long activeMillis) {
    Painting drawn = (proposal, proposed) -> output.labels();
    return new Submission(output.verdicts(), drawn, activeMillis);
  }

  private Submission asProposed(Workitem workitem, long activeMillis) {
    ProposalMade proposal = workitem.row().task().subject().proposal();
    LabelMap proposed = archive.proposedLabels(proposal);
    return new Submission(
        DerivedVerdicts.of(proposal.schema(), proposed, proposed),
        Painting.nothing(),
        activeMillis);
  }

  private Optional<Output> output(Workitem workitem, DataSet performed) {
    UUID proposal = workitem.row().task().subject().proposal().id();
    String own = WorkitemView.derived("segmentation instance", proposal);
    List<Named> corrected =
        named(performed).stream().filter(named -> !named.instance().equals(own)).toList();
    if (corrected.size() > 1) {
      throw FinalState.unmet("one segmentation or structure set in " + OUTPUT_INFORMATION.hex());
    }
    return corrected.stream().findFirst().map(one -> stored(one, workitem.id()));
  }

  private Output stored(Named named, UUID task) {
    if (!WorkitemUid.isUid(named.series()) || !WorkitemUid.isUid(named.instance())) {
      throw FinalState.unmet("UIDs in " + OUTPUT_INFORMATION.hex());
    }
    return outputs
        .find(new SeriesInstanceUid(named.series()), new SopInstanceUid(named.instance()), task)
        .orElseThrow(
            () ->
                FinalState.unmet(
                    "an output that was stored here before; none of its series has arrived, so"
                        + " store it, wait for its series to be complete and try again: "
                        + OUTPUT_INFORMATION.hex()));
  }

  private static List<Named> named(DataSet performed) {
    var found = new ArrayList<Named>();
    for (DataSet item : performed.items(OUTPUT_INFORMATION)) {
      String series = item.text(SERIES_INSTANCE_UID).orElse("");
      for (DataSet reference : item.items(REFERENCED_SOP_SEQUENCE)) {
        found.add(new Named(series, reference.text(REFERENCED_SOP_INSTANCE_UID).orElse("")));
      }
    }
    return found;
  }
}
