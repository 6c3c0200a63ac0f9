package org.firstpass.http;

/** An answer other than success: an HTTP status and {@code {"code", "message"}}. */
public final class ApiRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param code stable, upper case with underscores, for programs
   * @param message for people: what was expected, what was found, what to do; no patient data
   */
  public ApiRefusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
