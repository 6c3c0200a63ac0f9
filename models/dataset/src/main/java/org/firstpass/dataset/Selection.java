package org.firstpass.dataset;

import java.time.Instant;
import java.util.List;
import org.firstpass.event.CorrectionAccepted;
import org.jspecify.annotations.Nullable;

/**
 * Which corrections count, as if no others had ever been accepted.
 *
 * @param readers pseudonyms, sorted; empty for all readers
 * @param from the earliest time of acceptance, null for no limit
 * @param until the first time of acceptance that is too late, null for no limit
 * @param minReaders how many readers must have read a series
 * @param minAgreement the lowest Dice that any segment may have between the reading that counts and
 *     any other reader's; 0 for no limit
 */
public record Selection(
    List<String> readers,
    @Nullable Instant from,
    @Nullable Instant until,
    int minReaders,
    double minAgreement) {
  public static final Selection ALL = new Selection(List.of(), null, null, 1, 0);

  public Selection {
    readers = readers.stream().distinct().sorted().toList();
    if (from != null && until != null && !from.isBefore(until)) {
      throw new IllegalArgumentException("nothing lies between " + from + " and " + until);
    }
    if (minReaders < 1) {
      throw new IllegalArgumentException("a case has one reader at least, not " + minReaders);
    }
    if (!(minAgreement >= 0 && minAgreement <= 1)) {
      throw new IllegalArgumentException("agreement is 0 to 1, but is " + minAgreement);
    }
  }

  public Selection byReaders(List<String> pseudonyms) {
    return new Selection(pseudonyms, from, until, minReaders, minAgreement);
  }

  public Selection accepted(@Nullable Instant earliest, @Nullable Instant tooLate) {
    return new Selection(readers, earliest, tooLate, minReaders, minAgreement);
  }

  public Selection agreed(int readersAtLeast, double diceAtLeast) {
    return new Selection(readers, from, until, readersAtLeast, diceAtLeast);
  }

  boolean takes(CorrectionAccepted correction, ReaderPseudonyms pseudonyms) {
    return (from == null || !correction.time().isBefore(from))
        && (until == null || correction.time().isBefore(until))
        && (readers.isEmpty() || readers.contains(pseudonyms.of(correction.reader())));
  }
}
