package org.firstpass.security;

/** Somebody is known and may not do this. */
public final class AccessRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccessRefused(String message) {
    super(message);
  }
}
