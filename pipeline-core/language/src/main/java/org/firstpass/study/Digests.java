package org.firstpass.study;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest algorithms that every Java platform must have. */
final class Digests {
  private Digests() {}

  static MessageDigest newSha256() {
    return named("SHA-256");
  }

  static byte[] sha1(byte[] input) {
    return named("SHA-1").digest(input);
  }

  private static MessageDigest named(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is missing from this Java platform", e);
    }
  }
}
