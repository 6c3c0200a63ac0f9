package org.firstpass.failure;

import org.jspecify.annotations.Nullable;

/**
 * Something that was not done, sorted by who can mend it.
 *
 * <p>Messages say what was expected and what was found, with UIDs, and never a patient's name or
 * id.
 */
public abstract sealed class FirstpassFailure extends RuntimeException
    permits StudyRefused, TryAgainLater, Defect {
  private static final long serialVersionUID = 1L;

  private final ReasonCode code;

  FirstpassFailure(ReasonCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ReasonCode code() {
    return code;
  }

  static ReasonCode requireKind(ReasonCode code, ReasonCode.Kind kind) {
    if (code.kind() != kind) {
      throw new IllegalArgumentException(code + " is of kind " + code.kind() + ", not " + kind);
    }
    return code;
  }
}
