package org.firstpass.study;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * UUIDs of version 5: the same name gives the same UUID, on every machine and for ever.
 *
 * @see "RFC 9562 section 5.5"
 */
public final class NameBasedUuid {
  /** The namespace of everything that Firstpass derives. Changing it changes every identity. */
  private static final UUID NAMESPACE = UUID.fromString("5f3b1a52-8f0e-5d1c-9c55-0f1a7e9d4b21");

  private static final int UUID_BYTES = 16;

  private NameBasedUuid() {}

  /** The UUID of a list of parts; parts may not contain the separator U+001F. */
  public static UUID of(String... parts) {
    for (String part : parts) {
      if (part.indexOf('\u001f') >= 0) {
        throw new IllegalArgumentException("a part of a name may not contain U+001F");
      }
    }
    byte[] name = String.join("\u001f", parts).getBytes(StandardCharsets.UTF_8);
    byte[] input =
        ByteBuffer.allocate(UUID_BYTES + name.length)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .put(name)
            .array();
    ByteBuffer hash = ByteBuffer.wrap(Digests.sha1(input));
    long high = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x0000_0000_0000_5000L;
    long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
