package org.firstpass.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.firstpass.study.Sha256;

/**
 * Bearer tokens: 256 random bits behind a prefix that says what they are, stored as their SHA-256.
 *
 * <p>A digest without salt suffices, since 256 random bits cannot be guessed.
 */
final class SecretTokens {
  static final String SESSION_PREFIX = "fps_";
  static final String API_PREFIX = "fpt_";

  private static final int BYTES = 32;

  private final SecureRandom random;

  SecretTokens(SecureRandom random) {
    this.random = random;
  }

  String next(String prefix) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  static byte[] digest(String token) {
    return Sha256.newDigest().digest(token.getBytes(StandardCharsets.UTF_8));
  }
}
