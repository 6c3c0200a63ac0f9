package org.firstpass.segment;

/** What a reader says of one proposed segment. */
public enum Verdict {
  /** Right as proposed. */
  ACCEPT,
  /** Corrected a little. */
  MINOR,
  /** Corrected much. */
  MAJOR,
  /** Not this structure at all: removed. */
  REJECT,
  /** The structure was there and not proposed. */
  MISSING,
  /** The image does not allow to say. */
  NOT_ASSESSABLE
}
