package org.firstpass.foreign;

import org.firstpass.correction.Receipt;
import org.firstpass.review.Lease;

/** What became of a person's decision on an object. */
public sealed interface DecisionAnswer {

  /** There is no such object. */
  record Unknown() implements DecisionAnswer {}

  /** It is a correction, by this decision or by the same one before. */
  record Taken(ForeignItem item, Receipt receipt) implements DecisionAnswer {}

  /** It was put where a person wanted it, or was final before. */
  record Filed(ForeignItem item) implements DecisionAnswer {}

  /** What was said is not enough; the item says what is missing. */
  record Open(ForeignItem item) implements DecisionAnswer {}

  /** Another reader has the task. */
  record Held(ForeignItem item, Lease lease) implements DecisionAnswer {}
}
