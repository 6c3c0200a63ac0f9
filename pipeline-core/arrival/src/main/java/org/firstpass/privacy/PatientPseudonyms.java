package org.firstpass.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.firstpass.study.PatientKey;

/**
 * Pseudonyms by HMAC-SHA256 under a secret of this installation.
 *
 * <p>The same patient has the same key for ever, and nobody without the secret can find the patient
 * to a key, not even by trying all ids. All patients without an id share one key, so that a split
 * by patient can never put one of them on two sides. Immutable.
 */
public final class PatientPseudonyms {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_SECRET_BYTES = 32;
  private static final int KEY_BYTES = 16;

  private final SecretKeySpec secret;

  /**
   * @param secret 32 random bytes or more, kept as long as the installation lives
   */
  public PatientPseudonyms(byte[] secret) {
    if (secret.length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the secret of pseudonyms has 32 bytes or more, but has " + secret.length);
    }
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * The key of a patient.
   *
   * @param issuer Issuer of Patient ID (0010,0021), may be empty
   * @param id Patient ID (0010,0020), may be empty; blanks around it have no meaning (PS3.5 6.2)
   */
  public PatientKey keyOf(String issuer, String id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] issuerBytes = issuer.strip().getBytes(StandardCharsets.UTF_8);
      // The length keeps ("AB", "C") and ("A", "BC") apart.
      mac.update((issuerBytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      mac.update(issuerBytes);
      byte[] hash = mac.doFinal(id.strip().getBytes(StandardCharsets.UTF_8));
      return new PatientKey(HexFormat.of().formatHex(hash, 0, KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing from this Java platform", e);
    }
  }

  @Override
  public String toString() {
    return "PatientPseudonyms[hidden]";
  }
}
