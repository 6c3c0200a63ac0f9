package org.firstpass.ups;

/**
 * A request to the worklist that is not done, for a reason that the standard knows.
 *
 * <p>Messages name attributes and states, never what a request said of a patient.
 */
public final class WorklistRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Why.
   *
   * @see "PS3.4 Tables CC.2.1-2, CC.2.2-2, CC.2.3-3, CC.2.6-1"
   */
  public enum Reason {
    UNKNOWN(0xC307),
    GONE(0xC307),
    ALREADY_EXISTS(0x0111),
    MALFORMED(0x0106),
    TOO_LARGE(0x0213),
    NO_LONGER_UPDATED(0xC300),
    TRANSACTION_MISSING(0xC301),
    TRANSACTION_WRONG(0xC301),
    ALREADY_IN_PROGRESS(0xC302),
    ONLY_CREATED_SCHEDULED(0xC303),
    FINAL_STATE_UNMET(0xC304),
    NOT_YET_IN_PROGRESS(0xC310),
    ALREADY_COMPLETED(0xC311),
    PERFORMER_UNREACHABLE(0xC312),
    UNKNOWN_RECEIVER(0xC308),
    NO_SUBSCRIPTION(0xC314),
    NO_WORKLIST(0xC314);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /** The DIMSE status that says the same. */
    public int status() {
      return status;
    }
  }

  private final Reason reason;

  public WorklistRefusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static WorklistRefusal malformed(String message) {
    return new WorklistRefusal(Reason.MALFORMED, message);
  }

  public Reason reason() {
    return reason;
  }
}
