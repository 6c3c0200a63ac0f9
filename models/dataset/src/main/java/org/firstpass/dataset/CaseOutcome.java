package org.firstpass.dataset;

/** What became of a planned case. */
sealed interface CaseOutcome {
  record Written(WrittenCase writtenCase) implements CaseOutcome {}

  record LeftOut(LeftOutCase leftOutCase) implements CaseOutcome {}
}
