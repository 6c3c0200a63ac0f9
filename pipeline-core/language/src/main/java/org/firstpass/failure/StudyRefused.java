package org.firstpass.failure;

import org.jspecify.annotations.Nullable;

/** This input cannot be handled; trying again does not help. */
public final class StudyRefused extends FirstpassFailure {
  private static final long serialVersionUID = 1L;

  public StudyRefused(ReasonCode code, String message) {
    this(code, message, null);
  }

  public StudyRefused(ReasonCode code, String message, @Nullable Throwable cause) {
    super(requireKind(code, ReasonCode.Kind.REFUSED), message, cause);
  }
}
