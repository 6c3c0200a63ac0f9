package org.firstpass.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The A-ASSOCIATE-AC that accepts each presentation context in its first transfer syntax. */
final class Negotiation {
  private Negotiation() {}

  static byte[] accept(byte[] request, Set<String> refused, Map<Integer, String> contexts)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(request, 0, 68);
    int at = 68;
    while (at < request.length) {
      int type = request[at];
      int length = number(request, at + 2, 2);
      if (type == 0x10) {
        bytes.write(request, at, length + 4);
      } else if (type == 0x20) {
        context(request, at, bytes, refused, contexts);
      }
      at += 4 + length;
    }
    byte[] user = {0x50, 0, 0, 8, 0x51, 0, 0, 4, 0, 0, 0x40, 0};
    bytes.write(user);
    return bytes.toByteArray();
  }

  private static void context(
      byte[] request,
      int at,
      ByteArrayOutputStream answer,
      Set<String> refused,
      Map<Integer, String> contexts) {
    int sub = at + 8;
    while (request[sub] != 0x40) {
      sub += 4 + number(request, sub + 2, 2);
    }
    int syntax = 4 + number(request, sub + 2, 2);
    String name = new String(request, sub + 4, syntax - 4, StandardCharsets.US_ASCII).strip();
    contexts.put((int) request[at + 4], name.replace("\0", ""));
    byte result = (byte) (refused.contains(name.replace("\0", "")) ? 4 : 0);
    answer.writeBytes(new byte[] {0x21, 0, 0, (byte) (4 + syntax), request[at + 4], 0, result, 0});
    answer.write(request, sub, syntax);
  }

  static int number(byte[] bytes, int at, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | bytes[at + i] & 0xff;
    }
    return value;
  }
}
