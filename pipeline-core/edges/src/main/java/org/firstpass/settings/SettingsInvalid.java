package org.firstpass.settings;

/** The settings cannot be used; the message says which key, and what to write instead. */
public final class SettingsInvalid extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsInvalid(String message) {
    super(message);
  }

  public SettingsInvalid(String message, Throwable cause) {
    super(message, cause);
  }
}
