package org.firstpass.server;

import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.failure.StudyRefused;
import org.firstpass.foreign.ForeignDesk;
import org.firstpass.foreign.ForeignObject;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.ups.StoredOutputs;

/** Outputs of workitems, examined as whatever other programs store. */
record ExaminedOutputs(StoredHeaders stored, ForeignDesk desk) implements StoredOutputs {
  @Override
  public Optional<Output> find(SeriesInstanceUid series, SopInstanceUid instance, UUID task) {
    return stored
        .find(series, instance)
        .map(one -> ForeignObject.idOf(one.instance(), one.content()))
        .flatMap(object -> find(object, task));
  }

  private Optional<Output> find(UUID object, UUID task) {
    try {
      return desk.outcome(object, task)
          .map(outcome -> new Output(object, outcome.labels(), outcome.verdicts()));
    } catch (StudyRefused e) {
      throw new InconsistentSubmission(
          "the output cannot be used: " + e.code().code() + " " + e.getMessage());
    }
  }

  @Override
  public void taken(Output output, UUID task, UUID correction, String reader) {
    desk.becameOutcome(output.object(), task, correction, reader);
  }
}
