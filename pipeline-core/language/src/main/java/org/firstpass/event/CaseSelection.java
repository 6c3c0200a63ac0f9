package org.firstpass.event;

import org.jspecify.annotations.Nullable;

/**
 * How a case came to its reader, so that what is learned from cases that were sought out can be
 * weighed for it.
 *
 * @param strategy the name of the rule by which the queue was ordered
 * @param probability with which this pick fell on this case, given what waited then: above 0 and at
 *     most 1; null where a person chose
 */
public record CaseSelection(String strategy, Way way, @Nullable Double probability) {
  public CaseSelection {
    if (probability != null && !(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability is above 0 and at most 1, but is " + probability);
    }
    if (probability != null && way == Way.HAND) {
      throw new IllegalArgumentException("what a person chose has no probability");
    }
  }

  /** What decided. */
  public enum Way {
    /** Somebody asked for it first, or it is due: nothing was left to chance. */
    CLINICAL,
    /** It was first by the strategy. */
    ORDER,
    /** It was drawn by lot among all that waited. */
    LOT,
    /** A person chose it. */
    HAND
  }
}
