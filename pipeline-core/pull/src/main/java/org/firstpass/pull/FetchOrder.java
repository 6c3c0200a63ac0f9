package org.firstpass.pull;

import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * What is to be fetched, and why.
 *
 * @param key what makes it the same fetch when it is ordered again
 */
record FetchOrder(
    String key,
    String source,
    StudyInstanceUid study,
    @Nullable SeriesInstanceUid series,
    SeriesFilter filter,
    ProjectName project,
    Reason reason) {

  /** Why. */
  record Reason(
      PullCause cause,
      @Nullable Long backfill,
      @Nullable String rule,
      @Nullable SeriesInstanceUid priorOf) {
    static final Reason ASKED = new Reason(PullCause.ASKED, null, null, null);
  }

  /** Somebody asks for a study, or a series of it. */
  static FetchOrder asked(
      String source,
      StudyInstanceUid study,
      @Nullable SeriesInstanceUid series,
      ProjectName project) {
    String key = "asked/" + source + "/" + study + (series == null ? "" : "/" + series);
    return new FetchOrder(key, source, study, series, SeriesFilter.ALL, project, Reason.ASKED);
  }

  /** A study is an earlier one of the patient of a series. */
  static FetchOrder prior(PriorRule rule, StudyInstanceUid study, SeriesInstanceUid of) {
    return new FetchOrder(
        "prior/" + rule.title() + "/" + study,
        rule.from(),
        study,
        null,
        rule.filter(),
        rule.target(),
        new Reason(PullCause.PRIOR, null, rule.title(), of));
  }
}
