package org.firstpass.pull;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.firstpass.peer.Requirement;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/**
 * A part of an archive that is to be fetched as a whole.
 *
 * @param from the first Study Date
 * @param to the last Study Date
 * @param modality of the series; null for any
 * @param bodyPart Body Part Examined of the series, or none said; null for any
 * @param project what it is kept for
 * @param most studies; null for all
 */
public record BackfillOrder(
    String source,
    LocalDate from,
    LocalDate to,
    @Nullable String modality,
    @Nullable String bodyPart,
    ProjectName project,
    @Nullable Integer most) {
  private static final Pattern CODE = Pattern.compile("[A-Z0-9 _]{1,16}");
  private static final long MOST_DAYS = 40_000;

  public BackfillOrder {
    Requirement.that(!to.isBefore(from), "the last day " + to + " is before the first one " + from);
    Requirement.that(
        ChronoUnit.DAYS.between(from, to) < MOST_DAYS, "at most " + MOST_DAYS + " days");
    requireCode("modality", modality);
    requireCode("body part", bodyPart);
    Requirement.that(most == null || most > 0, "the limit is 1 or more, but is " + most);
  }

  private static void requireCode(String what, @Nullable String value) {
    Requirement.that(
        value == null || CODE.matcher(value).matches(),
        what
            + " is up to 16 capital letters, digits, blanks and underscores, but is '"
            + value
            + "'");
  }
}
