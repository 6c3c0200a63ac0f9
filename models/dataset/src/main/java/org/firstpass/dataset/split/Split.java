package org.firstpass.dataset.split;

/** What a patient's cases are for. */
public enum Split {
  /** The weights are fitted to these. */
  TRAINING,
  /** Choices between trained models go by these. */
  VALIDATION,
  /** The final figures come from these, and nothing else is done with them. */
  TEST
}
