package org.firstpass.delivery;

/** How a destination proves that it keeps what it acknowledged. */
public enum ConfirmationKind {
  /** Storage commitment (PS3.4 annex J). */
  COMMITMENT,
  /** It is asked for the object: C-FIND, or QIDO-RS and WADO-RS. */
  READ_BACK
}
