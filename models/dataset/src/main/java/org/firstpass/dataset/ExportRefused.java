package org.firstpass.dataset;

/** An export that cannot be done as it was asked for; the message says what to ask instead. */
public final class ExportRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  ExportRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  ExportRefused(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why, with a code that never changes. */
  public enum Reason {
    /** The target folder has something in it. */
    TARGET_NOT_EMPTY("FP4001"),
    /** The target cannot be written. */
    TARGET_NOT_WRITABLE("FP4002"),
    /** No correction was accepted yet, or none fits what was asked. */
    NO_CASES("FP4003"),
    /** The corrections have several label schemas, and none or an unknown one was chosen. */
    CHOOSE_SCHEMA("FP4004"),
    /** Two label schemas have the same name and version and are not the same. */
    SCHEMA_CONFLICT("FP4005"),
    /** The corrected series have several modalities, and none or an unknown one was chosen. */
    CHOOSE_MODALITY("FP4006"),
    /** What is to be rebuilt is not described by a manifest of a known version. */
    NOT_A_MANIFEST("FP4007"),
    /** The corrections, the objects or the secret are no longer those of the manifest. */
    CANNOT_REBUILD("FP4008");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
