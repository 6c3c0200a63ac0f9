package org.firstpass.arrival;

import java.nio.file.Path;
import java.util.List;
import org.firstpass.failure.ReasonCode;

/**
 * What became of the files of a folder.
 *
 * @param stored instances that are safe now
 * @param skipped files that are no DICOM instances
 * @param refusals instances that were not taken, by path
 */
public record ImportReport(int stored, int skipped, List<Refusal> refusals) {
  public ImportReport {
    refusals = List.copyOf(refusals);
  }

  /**
   * One instance that was not taken. Paths may say a patient's name: show them, do not log them.
   */
  public record Refusal(Path file, ReasonCode code, String reason) {}
}
