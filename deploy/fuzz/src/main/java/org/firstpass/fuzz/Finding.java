package org.firstpass.fuzz;

import org.jspecify.annotations.Nullable;

/** What an input did that no input may do. */
final class Finding extends Error {
  private static final long serialVersionUID = 1L;

  Finding(String what, @Nullable Throwable cause) {
    super(what, cause);
  }
}
