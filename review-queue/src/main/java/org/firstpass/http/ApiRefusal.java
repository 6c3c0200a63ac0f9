package org.firstpass.http;

import java.util.Map;

/** An answer other than success: an HTTP status and {@code {"code", "message"}}. */
public final class ApiRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> details;

  /**
   * @param code stable, upper case with underscores, for programs
   * @param message for people: what was expected, what was found, what to do; no patient data
   */
  public ApiRefusal(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  /**
   * @param details more for programs, by name
   */
  public ApiRefusal(int status, String code, String message, Map<String, String> details) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = Map.copyOf(details);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public Map<String, String> details() {
    return details;
  }
}
