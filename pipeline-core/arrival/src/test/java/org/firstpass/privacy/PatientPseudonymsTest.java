package org.firstpass.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PatientPseudonymsTest {
  private static byte[] secret(int fill) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) fill);
    return secret;
  }

  private final PatientPseudonyms pseudonyms = new PatientPseudonyms(secret(7));

  @Test
  void theSamePatientHasTheSameKeyForEver() {
    // HMAC-SHA256 with key 07 x 32 of "8:HospitalP-4711", first 16 bytes, by OpenSSL.
    assertEquals(
        "403dfb79fad477d78468cb560d10674b", pseudonyms.keyOf("Hospital", "P-4711").value());
  }

  @Test
  void blanksAroundAnIdHaveNoMeaning() {
    assertEquals(pseudonyms.keyOf("H", "4711"), pseudonyms.keyOf(" H", "4711 "));
  }

  @Test
  void otherPatientsIssuersAndSecretsGiveOtherKeys() {
    assertNotEquals(pseudonyms.keyOf("H", "1"), pseudonyms.keyOf("H", "2"));
    assertNotEquals(pseudonyms.keyOf("H", "1"), pseudonyms.keyOf("G", "1"));
    assertNotEquals(pseudonyms.keyOf("AB", "C"), pseudonyms.keyOf("A", "BC"));
    var elsewhere = new PatientPseudonyms(secret(8));
    assertNotEquals(pseudonyms.keyOf("H", "1"), elsewhere.keyOf("H", "1"));
  }

  @Test
  void noTextFormShowsTheSecretOrTheId() {
    assertFalse(pseudonyms.toString().contains("7"));
    assertFalse(pseudonyms.keyOf("H", "4711").value().contains("4711"));
    assertTrue(pseudonyms.keyOf("", "").value().matches("[0-9a-f]{32}"));
  }

  @Test
  void aShortSecretIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PatientPseudonyms(new byte[31]));
  }
}
