package org.firstpass.dataset.split;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of an installation from which splits and the pseudonyms of readers are derived.
 *
 * <p>Without it nobody can tell from a pseudonym on which side it falls, nor pick one that falls on
 * a wanted side. Immutable; safe to share between threads.
 */
public final class DatasetSecret {
  /** RFC 2104 discourages keys shorter than the digest; half of it is the least we take. */
  public static final int MIN_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int FRACTION_BITS = 53;

  private final SecretKeySpec key;

  /** Copies the bytes. */
  public DatasetSecret(byte[] bytes) {
    if (bytes.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a data set secret has at least " + MIN_BYTES + " bytes, but has " + bytes.length);
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** A number from 0 (inclusive) to 1 (exclusive) that is always the same for the same text. */
  public double fraction(String purpose, String text) {
    byte[] mac = mac(purpose, text);
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = (bits << Byte.SIZE) | (mac[i] & 0xff);
    }
    return (bits >>> (Long.SIZE - FRACTION_BITS)) * 0x1.0p-53;
  }

  /** Twelve hexadecimal digits that are always the same for the same text. */
  public String pseudonym(String purpose, String text) {
    return HexFormat.of().formatHex(mac(purpose, text), 0, 6);
  }

  private byte[] mac(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing from this Java platform", e);
    }
  }

  @Override
  public String toString() {
    return "DatasetSecret[hidden]";
  }
}
