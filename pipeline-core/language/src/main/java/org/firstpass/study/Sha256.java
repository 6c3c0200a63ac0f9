package org.firstpass.study;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest: the name of a piece of content. */
public record Sha256(String hex) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

  public Sha256 {
    if (!SHAPE.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "a SHA-256 digest is 64 lower-case hexadecimal digits, but is '" + hex + "'");
    }
  }

  public static Sha256 of(byte[] content) {
    return from(newDigest().digest(content));
  }

  /** The digest whose 32 bytes were already computed. */
  public static Sha256 from(byte[] digest) {
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  public static MessageDigest newDigest() {
    return Digests.newSha256();
  }

  @Override
  public String toString() {
    return hex;
  }
}
