package org.firstpass.security;

import java.nio.CharBuffer;
import java.util.Locale;

/**
 * What a password must be. Length is what counts, so there is no rule about kinds of characters.
 */
final class PasswordRule {
  static final int MIN_LENGTH = 12;
  static final int MAX_LENGTH = 256;
  private static final int MIN_DIFFERENT = 5;

  private PasswordRule() {}

  /**
   * @throws RuleBroken with a sentence for the person who chose it
   */
  static void require(String user, char[] password) {
    CharBuffer text = CharBuffer.wrap(password);
    if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) {
      throw new RuleBroken(
          "a password has "
              + MIN_LENGTH
              + " to "
              + MAX_LENGTH
              + " characters, but this one has "
              + password.length);
    }
    if (text.chars().distinct().count() < MIN_DIFFERENT) {
      throw new RuleBroken("a password has at least " + MIN_DIFFERENT + " different characters");
    }
    if (containsIgnoringCase(password, user)) {
      throw new RuleBroken("a password does not contain the user's name");
    }
  }

  private static boolean containsIgnoringCase(char[] password, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (int start = 0; start + wanted.length() <= password.length; start++) {
      int at = 0;
      while (at < wanted.length()
          && Character.toLowerCase(password[start + at]) == wanted.charAt(at)) {
        at++;
      }
      if (at == wanted.length()) {
        return true;
      }
    }
    return false;
  }
}
