package org.firstpass.correction;

/** What was submitted contradicts itself, the schema or the image; the reader can mend it. */
public final class InconsistentSubmission extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InconsistentSubmission(String message) {
    super(message);
  }
}
