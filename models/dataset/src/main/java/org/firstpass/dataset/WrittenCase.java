package org.firstpass.dataset;

import java.util.List;
import org.firstpass.dataset.DatasetCase.OtherReading;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SopInstanceUid;

/** A case whose files are written, and which has no side yet. */
record WrittenCase(
    PlannedCase planned,
    List<SopInstanceUid> instances,
    CaseContent content,
    List<OtherReading> others) {

  CorrectionAccepted correction() {
    return planned.series().counted();
  }

  PatientKey patient() {
    return correction().input().patient();
  }
}
