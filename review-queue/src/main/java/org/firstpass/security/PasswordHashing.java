package org.firstpass.security;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id in the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * <p>Thread-safe. At most {@link #AT_ONCE} hashes run at the same time, so that a flood of logins
 * takes a bounded amount of memory.
 *
 * @see "RFC 9106, and OWASP Password Storage Cheat Sheet for the cost"
 */
final class PasswordHashing {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE = 4;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final SecureRandom random;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final String unknownUser;

  PasswordHashing(SecureRandom random) {
    this.random = random;
    byte[] nobody = new byte[HASH_BYTES];
    random.nextBytes(nobody);
    this.unknownUser = phc(MEMORY_KIB, PASSES, LANES, salt(), nobody);
  }

  String hash(char[] password) {
    byte[] salt = salt();
    byte[] hash = derive(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    return phc(MEMORY_KIB, PASSES, LANES, salt, hash);
  }

  /** Compares in constant time. */
  boolean matches(char[] password, String stored) {
    Matcher phc = PHC.matcher(stored);
    if (!phc.matches()) {
      throw new IllegalStateException("a stored password is not an Argon2id PHC string");
    }
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    byte[] actual =
        derive(
            password,
            Base64.getDecoder().decode(phc.group(4)),
            Integer.parseInt(phc.group(1)),
            Integer.parseInt(phc.group(2)),
            Integer.parseInt(phc.group(3)),
            expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  /** A hash that no password matches, so that an unknown user takes as long as a known one. */
  String ofUnknownUser() {
    return unknownUser;
  }

  /** Whether a stored hash is of another cost than today's. */
  boolean isOutdated(String stored) {
    return !stored.startsWith(
        "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$");
  }

  private byte[] derive(
      char[] password, byte[] salt, int memoryKib, int passes, int lanes, int bytes) {
    var parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build();
    var generator = new Argon2BytesGenerator();
    byte[] hash = new byte[bytes];
    permits.acquireUninterruptibly();
    try {
      generator.init(parameters);
      generator.generateBytes(password, hash);
    } finally {
      permits.release();
    }
    return hash;
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  private static String phc(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            memoryKib, passes, lanes, base64.encodeToString(salt), base64.encodeToString(hash));
  }
}
