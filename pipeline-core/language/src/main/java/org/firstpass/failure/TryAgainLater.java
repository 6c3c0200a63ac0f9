package org.firstpass.failure;

import org.jspecify.annotations.Nullable;

/** A neighbour (broker, database, store, PACS) is away; the same input may work later. */
public final class TryAgainLater extends FirstpassFailure {
  private static final long serialVersionUID = 1L;

  public TryAgainLater(ReasonCode code, String message) {
    this(code, message, null);
  }

  public TryAgainLater(ReasonCode code, String message, @Nullable Throwable cause) {
    super(requireKind(code, ReasonCode.Kind.TRY_AGAIN), message, cause);
  }
}
