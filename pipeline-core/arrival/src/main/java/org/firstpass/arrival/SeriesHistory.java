package org.firstpass.arrival;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.study.PatientKey;
import org.firstpass.study.ProjectName;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyReference;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to one series in the gateway.
 *
 * @param sender the AE title that sent last, empty for an import
 * @param project what it was sent for
 * @param instances SOP instances that are held now
 * @param contents contents that ever came; more than instances if one came changed
 * @param work what workers began and have not ended, oldest first
 */
public record SeriesHistory(
    StudyReference reference,
    PatientKey patient,
    String modality,
    String sender,
    ProjectName project,
    SeriesState state,
    Instant firstReceived,
    Instant lastReceived,
    int instances,
    int contents,
    List<Revision> revisions,
    List<WorkInProgress> work) {
  public SeriesHistory {
    revisions = List.copyOf(revisions);
    work = List.copyOf(work);
  }

  /**
   * One revision, from its completion to its end.
   *
   * @param missing how many announced instances were not there when it was completed
   * @param eventId the {@code SeriesArrived} event, null if the revision was refused here
   * @param published when the broker had taken the event, null if it has not yet
   * @param outcome null while there is none
   * @param explanation why it ended so, without patient data
   */
  public record Revision(
      int number,
      Sha256 hash,
      int instances,
      int missing,
      Instant completed,
      @Nullable UUID eventId,
      @Nullable Instant published,
      @Nullable SeriesState outcome,
      @Nullable String explanation,
      @Nullable Instant ended) {

    public Optional<SeriesState> end() {
      return Optional.ofNullable(outcome);
    }
  }
}
