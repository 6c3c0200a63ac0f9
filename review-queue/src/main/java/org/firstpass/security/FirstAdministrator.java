package org.firstpass.security;

/**
 * The administrator that the first start made, with a password that is nowhere else.
 *
 * @param password to be printed once to whoever started it, and never logged
 */
public record FirstAdministrator(String user, String password) {
  @Override
  public String toString() {
    return "FirstAdministrator[" + user + "]";
  }
}
