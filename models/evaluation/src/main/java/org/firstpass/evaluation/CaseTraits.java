package org.firstpass.evaluation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a case beside its image, in bands wide enough to tell nothing of the patient.
 *
 * @param scanner manufacturer and model
 * @param sex as DICOM has it: F, M, O
 * @param ageBand a decade, for instance 60-69
 */
public record CaseTraits(
    @Nullable String scanner,
    @Nullable String sex,
    @Nullable String ageBand,
    @Nullable String site) {
  /** Nothing is known. */
  public static final CaseTraits UNKNOWN = new CaseTraits(null, null, null, null);

  private static final int DECADE = 10;

  /** The last band, so that the oldest cannot be told from one another. */
  private static final int OLDEST = 90;

  /** The band of an age in years. */
  public static String ageBand(int years) {
    if (years < 0) {
      throw new IllegalArgumentException("an age is 0 or more, but is " + years);
    }
    int from = years / DECADE * DECADE;
    return from >= OLDEST ? OLDEST + "+" : from + "-" + (from + DECADE - 1);
  }

  public Optional<String> of(Trait trait) {
    return Optional.ofNullable(
        switch (trait) {
          case SCANNER -> scanner;
          case SEX -> sex;
          case AGE_BAND -> ageBand;
          case SITE -> site;
        });
  }
}
