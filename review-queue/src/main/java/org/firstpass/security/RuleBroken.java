package org.firstpass.security;

/** A user, password or token that was asked for breaks a rule; the message says which. */
public final class RuleBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RuleBroken(String message) {
    super(message);
  }
}
