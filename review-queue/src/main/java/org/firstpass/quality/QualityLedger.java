package org.firstpass.quality;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where figures are counted. Safe to use from many threads. */
public interface QualityLedger {

  /** The figures in the order of time and name; spans without a correction are left out. */
  List<QualityFigure> figures(QualityQuery query);

  /**
   * The tools that the corrections of a query were drawn with, the one that took longest first.
   *
   * @see QualityTool
   */
  List<QualityTool> tools(QualityQuery query);

  /** The corrections behind the figures of a query, the latest first. */
  List<QualityCase> cases(QualityQuery query, int limit, int skipped);

  /**
   * One correction.
   *
   * @param reader if only one of this reader's is meant
   */
  Optional<QualityDetail> one(UUID correction, Optional<String> reader);

  /** The names that occur in corrections: of one reader, or of all. */
  QualityChoices choices(Optional<String> reader);

  OwnCounts counts(String reader, Instant today, Instant week);
}
