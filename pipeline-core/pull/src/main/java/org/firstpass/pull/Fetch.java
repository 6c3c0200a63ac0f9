package org.firstpass.pull;

import java.time.Instant;
import java.util.Optional;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * A study, or one series of it, on its way from an archive.
 *
 * @param backfill which one it is part of, null if of none
 * @param rule by which it is a prior, null if it is none
 * @param priorOf the series that had it fetched, null if none had
 * @param series the only one that is fetched, null for all
 * @param reason why it is not done, null if nothing went wrong
 * @param explanation what was found, without patient data
 * @param instances what became of them
 */
public record Fetch(
    long entry,
    String source,
    PullCause cause,
    @Nullable Long backfill,
    @Nullable String rule,
    @Nullable SeriesInstanceUid priorOf,
    StudyInstanceUid study,
    @Nullable SeriesInstanceUid series,
    ProjectName project,
    PullState state,
    int attempts,
    Instant due,
    @Nullable ReasonCode reason,
    @Nullable String explanation,
    Counts instances,
    Instant created,
    Instant changed) {

  /**
   * Instances.
   *
   * @param present that were here before
   * @param arrived that came
   * @param refused that came and were not taken
   * @param missing that did not come
   */
  public record Counts(int present, int arrived, int refused, int missing) {}

  public Optional<ReasonCode> why() {
    return Optional.ofNullable(reason);
  }
}
