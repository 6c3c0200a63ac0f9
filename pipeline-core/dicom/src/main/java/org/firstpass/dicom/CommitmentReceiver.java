package org.firstpass.dicom;

/** Who takes storage commitment requests. Called from many threads at the same time. */
@FunctionalInterface
public interface CommitmentReceiver {
  /**
   * Takes a request. Returning means that it is kept and will be answered, whatever happens to this
   * process.
   *
   * @throws org.firstpass.failure.StudyRefused if it cannot be answered, now or ever
   * @throws org.firstpass.failure.TryAgainLater if it may be sent again later
   */
  void request(CommitmentRequest request);
}
