package org.firstpass.fuzz.net;

import static org.firstpass.fuzz.net.Wire.ascii;
import static org.firstpass.fuzz.net.Wire.bigEndian;
import static org.firstpass.fuzz.net.Wire.counted;
import static org.firstpass.fuzz.net.Wire.item;
import static org.firstpass.fuzz.net.Wire.join;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** A-ASSOCIATE-RQ: an honest one, or one of choices, most of whose parts are honest. */
final class Proposal {
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final List<String> SYNTAXES =
      List.of(
          IMPLICIT,
          EXPLICIT,
          "1.2.840.10008.1.2.2",
          "1.2.840.10008.1.2.1.99",
          "1.2.840.10008.1.2.5",
          "1.2.840.10008.1.2.4.95",
          "1.2.3",
          "");
  private static final int MOST_CONTEXTS = 8;
  private static final int MOST_ITEMS = 6;

  private final String called;
  private final List<String> sopClasses;

  /**
   * @param called the AE title of the SCP
   * @param sopClasses what the SCP takes
   */
  Proposal(String called, List<String> sopClasses) {
    this.called = called;
    this.sopClasses = sopClasses;
  }

  /** Every class in a context of its own, 1, 3, 5, ..., in Explicit VR if it is odd by half. */
  byte[] honest() {
    var contexts = new ByteArrayOutputStream();
    int id = 1;
    for (String sopClass : sopClasses) {
      contexts.writeBytes(
          honestItem(
              0x20,
              join(
                  new byte[] {(byte) id, 0, 0, 0},
                  honestItem(0x30, ascii(sopClass)),
                  honestItem(0x40, ascii(syntaxOf(id))))));
      id += 2;
    }
    byte[] user = join(honestItem(0x51, bigEndian(0, 4)), honestItem(0x52, ascii("2.25.1")));
    byte[] body =
        join(
            new byte[] {0, 1, 0, 0},
            titles(called, "FUZZ"),
            honestItem(0x10, ascii(Wire.APPLICATION_CONTEXT)),
            contexts.toByteArray(),
            honestItem(0x50, user));
    return Wire.pdu(Wire.ASSOCIATE_RQ, body.length, body);
  }

  /** The transfer syntax of a context of the honest one. */
  static String syntaxOf(int context) {
    return context / 2 % 2 == 0 ? IMPLICIT : EXPLICIT;
  }

  byte[] of(Choices choices) {
    var contexts = new ByteArrayOutputStream();
    int count = 1 + choices.below(MOST_CONTEXTS);
    for (int i = 0; i < count; i++) {
      contexts.writeBytes(context(choices, choices.oneIn(16) ? choices.octet() : 2 * i + 1));
    }
    String application = choices.oneIn(32) ? "1.2.3" : Wire.APPLICATION_CONTEXT;
    byte[] body =
        join(
            new byte[] {0, (byte) (choices.oneIn(64) ? choices.octet() : 1), 0, 0},
            titles(
                choices.oneIn(32) ? "NOBODY" : called, choices.oneIn(32) ? title(choices) : "FUZZ"),
            item(choices, 0x10, ascii(application)),
            contexts.toByteArray(),
            item(choices, 0x50, userInformation(choices)));
    return Wire.pdu(Wire.ASSOCIATE_RQ, choices.length(body.length), body);
  }

  private byte[] context(Choices choices, int id) {
    var syntaxes = new ByteArrayOutputStream();
    int count = choices.oneIn(16) ? 0 : 1 + choices.below(3);
    for (int i = 0; i < count; i++) {
      syntaxes.writeBytes(item(choices, 0x40, ascii(choices.of(SYNTAXES))));
    }
    byte[] head = {(byte) id, 0, 0, 0};
    byte[] abstractSyntax =
        choices.oneIn(24) ? new byte[0] : item(choices, 0x30, ascii(sopClass(choices)));
    return item(choices, 0x20, join(head, abstractSyntax, syntaxes.toByteArray()));
  }

  private String sopClass(Choices choices) {
    return choices.oneIn(16) ? "1.2.840." + "9".repeat(choices.octet()) : choices.of(sopClasses);
  }

  private byte[] userInformation(Choices choices) {
    var items = new ByteArrayOutputStream();
    int most = choices.oneIn(8) ? choices.number() : choices.oneIn(8) ? choices.octet() : 16_384;
    items.writeBytes(item(choices, 0x51, bigEndian(most, 4)));
    items.writeBytes(item(choices, 0x52, ascii("2.25.1")));
    int count = choices.below(MOST_ITEMS);
    for (int i = 0; i < count; i++) {
      items.writeBytes(userItem(choices));
    }
    return items.toByteArray();
  }

  private byte[] userItem(Choices choices) {
    String sopClass = sopClass(choices);
    return switch (choices.below(8)) {
      case 0 -> item(choices, 0x53, choices.bytes(4));
      case 1 -> item(choices, 0x54, join(counted(choices, sopClass), choices.bytes(2)));
      case 2 -> item(choices, 0x55, ascii("FUZZ"));
      case 3 ->
          item(choices, 0x56, join(counted(choices, sopClass), choices.bytes(choices.below(9))));
      case 4 -> item(choices, 0x57, common(choices, sopClass));
      case 5 -> item(choices, 0x58, identity(choices));
      case 6 -> item(choices, 0x59, counted(choices, "token"));
      default -> item(choices, choices.octet(), choices.bytes(choices.below(32)));
    };
  }

  private static byte[] common(Choices choices, String sopClass) {
    byte[] related = counted(choices, "1.2.840.10008.5.1.4.1.1.88.22");
    return join(
        counted(choices, sopClass),
        counted(choices, "1.2.840.10008.4.2"),
        bigEndian(choices.length(related.length), 2),
        related);
  }

  private static byte[] identity(Choices choices) {
    return join(
        new byte[] {(byte) choices.below(6), (byte) choices.below(2)},
        counted(choices, "user"),
        counted(choices, "secret"));
  }

  private static String title(Choices choices) {
    return new String(
        choices.bytes(1 + choices.below(16)), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static byte[] titles(String called, String calling) {
    return join(ascii("%-16s%-16s".formatted(called, calling)), new byte[32]);
  }

  private static byte[] honestItem(int type, byte[] value) {
    return item(type, value.length, value);
  }
}
