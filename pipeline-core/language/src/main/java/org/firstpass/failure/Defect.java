package org.firstpass.failure;

import org.jspecify.annotations.Nullable;

/** A bug of ours or a broken model package. */
public final class Defect extends FirstpassFailure {
  private static final long serialVersionUID = 1L;

  public Defect(ReasonCode code, String message) {
    this(code, message, null);
  }

  public Defect(ReasonCode code, String message, @Nullable Throwable cause) {
    super(requireKind(code, ReasonCode.Kind.DEFECT), message, cause);
  }
}
