package org.firstpass.standalone;

/** A command that cannot do what it was asked; the message is one line and says the way out. */
class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailed(String message) {
    super(message);
  }

  CommandFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
