package org.firstpass.security;

import java.security.SecureRandom;

/** A password that a person copies once: 100 random bits in groups of four, no look-alikes. */
final class RandomPassword {
  private static final String LETTERS = "abcdefghjkmnpqrstvwxyz0123456789";
  private static final int GROUPS = 5;
  private static final int GROUP = 4;

  private RandomPassword() {}

  static String next(SecureRandom random) {
    var password = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      if (group > 0) {
        password.append('-');
      }
      for (int letter = 0; letter < GROUP; letter++) {
        password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return password.toString();
  }
}
