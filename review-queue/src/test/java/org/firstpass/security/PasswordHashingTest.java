package org.firstpass.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashingTest {
  private final PasswordHashing hashing = new PasswordHashing(new SecureRandom());

  @Test
  void aHashMatchesItsPasswordAndNoOther() {
    String stored = hashing.hash("seven green lamps".toCharArray());
    assertTrue(hashing.matches("seven green lamps".toCharArray(), stored));
    assertFalse(hashing.matches("seven green lamp".toCharArray(), stored));
    assertFalse(hashing.matches(new char[0], stored));
  }

  /** The vector is from the tests of the reference implementation (phc-winner-argon2, test.c). */
  @Test
  void theReferenceImplementationsHashIsUnderstood() {
    String reference =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertTrue(hashing.matches("password".toCharArray(), reference));
    assertFalse(hashing.matches("Password".toCharArray(), reference));
    assertTrue(hashing.isOutdated(reference));
  }

  @Test
  void twoHashesOfOnePasswordDifferAndSayTheirCost() {
    String one = hashing.hash("seven green lamps".toCharArray());
    String other = hashing.hash("seven green lamps".toCharArray());
    assertNotEquals(one, other);
    assertTrue(one.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), one);
    assertFalse(hashing.isOutdated(one));
  }

  @Test
  void lettersBeyondAsciiCount() {
    String stored = hashing.hash("sieben grüne Lämpchen".toCharArray());
    assertTrue(hashing.matches("sieben grüne Lämpchen".toCharArray(), stored));
    assertFalse(hashing.matches("sieben gr?ne L?mpchen".toCharArray(), stored));
  }

  @Test
  void noPasswordMatchesTheHashOfAnUnknownUser() {
    assertFalse(hashing.matches(new char[0], hashing.ofUnknownUser()));
    assertFalse(hashing.isOutdated(hashing.ofUnknownUser()), "it must take as long as a known one");
  }

  @Test
  void whatIsNotAPhcStringIsADefectAndIsNotQuoted() {
    var defect =
        assertThrows(
            IllegalStateException.class, () -> hashing.matches("x".toCharArray(), "plain-secret"));
    assertFalse(String.valueOf(defect.getMessage()).contains("plain-secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short 1 pw!", "aaaabbbbaaaa", "lieutenant-kim", "KIM is my password 1234"})
  void weakPasswordsAreRefused(String weak) {
    assertThrows(RuleBroken.class, () -> PasswordRule.require("kim", weak.toCharArray()));
  }

  @Test
  void aLongPasswordOfAnyKindPasses() {
    PasswordRule.require("kim", "twelve chars".toCharArray());
    assertEquals(12, "twelve chars".length());
  }
}
