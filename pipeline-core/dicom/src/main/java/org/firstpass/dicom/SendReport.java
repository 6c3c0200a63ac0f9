package org.firstpass.dicom;

import java.nio.file.Path;
import java.util.List;
import org.firstpass.failure.ReasonCode;

/**
 * What became of files that were sent.
 *
 * @param stored how many the peer answered with success or a warning
 * @param failures the others, in the order in which they were given
 */
public record SendReport(int stored, List<Failure> failures) {
  public SendReport {
    failures = List.copyOf(failures);
  }

  public boolean isComplete() {
    return failures.isEmpty();
  }

  /**
   * A file that the peer did not store.
   *
   * @param status its DIMSE status, 0 if it was never sent or never answered
   * @param reason why, in one line without patient data
   */
  public record Failure(Path file, ReasonCode code, int status, String reason) {}
}
