package org.firstpass.fuzz.net;

import static org.firstpass.fuzz.net.Wire.COMMAND;
import static org.firstpass.fuzz.net.Wire.LAST;
import static org.firstpass.fuzz.net.Wire.element;
import static org.firstpass.fuzz.net.Wire.join;
import static org.firstpass.fuzz.net.Wire.littleEndian;
import static org.firstpass.fuzz.net.Wire.number;
import static org.firstpass.fuzz.net.Wire.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages of choices, most of whose parts are honest: commands, data sets, the fragments in which
 * they go. Each instance that is stored has a UID that no other one has. Not thread-safe.
 */
final class Messages {
  static final int C_STORE_RQ = 0x0001;
  private static final List<Integer> REQUESTS =
      List.of(0x0001, 0x0001, 0x0001, 0x0030, 0x0100, 0x0110, 0x0120, 0x0130, 0x0140, 0x0150);
  private static final List<Integer> OTHERS =
      List.of(0x0010, 0x0020, 0x0021, 0x0FFF, 0x8001, 0x8020, 0x8030, 0x8100, 0x8130, 0x7777, 0);
  private static final int MOST_FRAGMENT = 300;

  /** Each level may have three times the items of the one above. */
  private static final int MOST_DEPTH = 4;

  /** An instance that a message stores. */
  static final class Stored {
    private final int message;
    private final String instance;
    private final byte[] dataSet;
    private final boolean honest;

    /**
     * @param honest whether the data set was sent as it is
     */
    Stored(int message, String instance, byte[] dataSet, boolean honest) {
      this.message = message;
      this.instance = instance;
      this.dataSet = dataSet;
      this.honest = honest;
    }

    int message() {
      return message;
    }

    String instance() {
      return instance;
    }

    /** Whether a file may be what was sent. */
    boolean isIn(byte[] file) {
      int from = file.length - dataSet.length;
      return !honest
          || from >= 0 && Arrays.equals(dataSet, 0, dataSet.length, file, from, file.length);
    }
  }

  private final List<String> sopClasses;
  private final List<Stored> stores = new ArrayList<>();
  private long instances;

  Messages(List<String> sopClasses) {
    this.sopClasses = sopClasses;
  }

  /** What the messages since the last call would store. */
  List<Stored> stores() {
    List<Stored> taken = List.copyOf(stores);
    stores.clear();
    return taken;
  }

  /** One message, number so. */
  byte[] next(Choices choices, int message) {
    int index = choices.below(sopClasses.size());
    String sopClass = choices.oneIn(24) ? "1.2.3" : sopClasses.get(index);
    int context = choices.oneIn(32) ? choices.octet() : 2 * index + 1;
    int field = choices.oneIn(12) ? choices.of(OTHERS) : choices.of(REQUESTS);
    boolean data = choices.oneIn(8) != (field != 0x0030 && field != 0x0110 && field != 0x0150);
    String instance = "2.25." + (4_000_000_000L + instances++);
    boolean explicit = Proposal.syntaxOf(context).equals(Proposal.EXPLICIT);
    byte[] dataSet = data ? dataSet(choices, sopClass, instance, explicit) : new byte[0];
    byte[] command = command(choices, sopClass, instance, field, message, data);
    var out = new ByteArrayOutputStream();
    boolean honest = fragments(choices, context, COMMAND, command, out);
    if (data != choices.oneIn(64)) {
      honest &= fragments(choices, context, 0, dataSet, out);
    }
    if (field == C_STORE_RQ) {
      stores.add(new Stored(message, instance, dataSet, honest));
    }
    if (choices.oneIn(24)) {
      out.writeBytes(stray(choices));
    }
    return out.toByteArray();
  }

  private static byte[] command(
      Choices choices, String sopClass, String instance, int field, int message, boolean data) {
    boolean requested = field == 0x0110 || field == 0x0120 || field == 0x0130 || field == 0x0150;
    var out = new ByteArrayOutputStream();
    if (!choices.oneIn(16)) {
      out.writeBytes(element(0x0000, 4, littleEndian(choices.octet(), 4)));
    }
    if (!choices.oneIn(24)) {
      out.writeBytes(lying(choices, text(requested ? 0x0003 : 0x0002, sopClass)));
    }
    out.writeBytes(number(0x0100, field));
    out.writeBytes(number(0x0110, message));
    if (field >= 0x8000) {
      out.writeBytes(number(0x0120, choices.octet()));
      out.writeBytes(number(0x0900, choices.oneIn(2) ? 0xFF00 : choices.octet()));
    }
    out.writeBytes(number(0x0700, choices.below(4)));
    if (!choices.oneIn(16)) {
      out.writeBytes(number(0x0800, data ? 0 : 0x0101));
    }
    if (!choices.oneIn(24)) {
      String named = choices.oneIn(24) ? "no uid" : instance;
      out.writeBytes(lying(choices, text(requested ? 0x1001 : 0x1000, named)));
    }
    out.writeBytes(number(field == 0x0100 ? 0x1002 : 0x1008, 1 + choices.below(4)));
    if (choices.oneIn(16)) {
      int tag = choices.oneIn(2) ? choices.number() : choices.octet();
      byte[] value = choices.bytes(choices.below(24));
      out.writeBytes(element(tag, choices.length(value.length), value));
    }
    return out.toByteArray();
  }

  /** An element whose length may lie. */
  private static byte[] lying(Choices choices, byte[] honest) {
    int length = choices.length(honest.length - 8);
    byte[] changed = honest.clone();
    System.arraycopy(littleEndian(length, 4), 0, changed, 4, 4);
    return changed;
  }

  private static byte[] dataSet(
      Choices choices, String sopClass, String instance, boolean explicit) {
    var out = new ByteArrayOutputStream();
    put(out, explicit, 0x0008_0016, "UI", choices, text(0, choices.oneIn(24) ? "1.2.4" : sopClass));
    put(
        out,
        explicit,
        0x0008_0018,
        "UI",
        choices,
        text(0, choices.oneIn(24) ? "2.25.7" : instance));
    put(out, explicit, 0x0008_1195, "UI", choices, text(0, instance));
    if (choices.oneIn(3)) {
      sequence(out, choices, explicit, choices.oneIn(2) ? 0x0008_1199 : 0x0040_0340, 0);
    }
    put(
        out,
        explicit,
        0x0040_0252,
        "CS",
        choices,
        text(0, choices.oneIn(2) ? "COMPLETED" : "IN PROGRESS"));
    put(
        out,
        explicit,
        0x0074_1000,
        "CS",
        choices,
        text(0, choices.oneIn(2) ? "SCHEDULED" : "CANCELED"));
    byte[] pixels = choices.bytes(choices.octet());
    put(out, explicit, 0x7FE0_0010, "OW", choices, element(0, 0, pixels));
    byte[] whole = out.toByteArray();
    if (choices.oneIn(12)) {
      whole[Math.floorMod(choices.number(), whole.length)] ^= (byte) choices.octet();
    }
    return choices.oneIn(16) ? Arrays.copyOf(whole, choices.octet() % whole.length) : whole;
  }

  /** A sequence of an item or several, nested now and then. */
  private static void sequence(
      ByteArrayOutputStream out, Choices choices, boolean explicit, int tag, int depth) {
    var items = new ByteArrayOutputStream();
    int count = 1 + choices.below(3);
    for (int i = 0; i < count; i++) {
      var item = new ByteArrayOutputStream();
      put(item, explicit, 0x0008_1150, "UI", choices, text(0, "1.2.840.10008.5.1.4.1.1.2"));
      put(item, explicit, 0x0008_1155, "UI", choices, text(0, "2.25.6"));
      if (depth < MOST_DEPTH && choices.oneIn(6)) {
        sequence(item, choices, explicit, 0x0008_1140, depth + 1);
      }
      put(item, explicit, 0x0020_000E, "UI", choices, text(0, "2.25.9"));
      boolean open = choices.oneIn(3);
      items.writeBytes(
          element(0xFFFE_E000, open ? -1 : choices.length(item.size()), item.toByteArray()));
      if (open) {
        items.writeBytes(element(0xFFFE_E00D, 0, new byte[0]));
      }
    }
    put(out, explicit, tag, "SQ", choices, element(0, 0, items.toByteArray()));
  }

  /** Writes the value of an element in Implicit VR as an element of this kind. */
  private static void put(
      ByteArrayOutputStream out, boolean explicit, int tag, String vr, Choices choices, byte[] of) {
    byte[] value = Arrays.copyOfRange(of, 8, of.length);
    int length = choices.length(value.length);
    if (!explicit) {
      out.writeBytes(element(tag, length, value));
      return;
    }
    boolean longForm = vr.equals("SQ") || vr.equals("OW");
    String said = choices.oneIn(40) ? "LO" : vr;
    out.writeBytes(
        join(
            littleEndian(tag >>> 16, 2),
            littleEndian(tag, 2),
            Wire.ascii(said),
            longForm ? join(new byte[2], littleEndian(length, 4)) : littleEndian(length, 2),
            value));
  }

  /** Writes fragments and their PDUs; whether no length, context or control byte lies. */
  private static boolean fragments(
      Choices choices, int context, int kind, byte[] value, ByteArrayOutputStream out) {
    int most = choices.oneIn(4) ? 1 + choices.below(MOST_FRAGMENT) : Integer.MAX_VALUE;
    boolean honest = true;
    var pdu = new ByteArrayOutputStream();
    int from = 0;
    do {
      int to = (int) Math.min(value.length, (long) from + most);
      int control = kind | (to == value.length ? LAST : 0);
      byte[] part = Arrays.copyOfRange(value, from, to);
      int length = choices.length(part.length + 2);
      int saidContext = choices.oneIn(64) ? choices.octet() : context;
      int saidControl = choices.oneIn(64) ? choices.octet() : control;
      honest &= length == part.length + 2 && saidContext == context && saidControl == control;
      pdu.writeBytes(Wire.fragment(length, saidContext, saidControl, part));
      from = to;
      if (from == value.length || !choices.oneIn(2)) {
        int pduLength = choices.length(pdu.size());
        honest &= pduLength == pdu.size();
        out.writeBytes(Wire.pdu(Wire.P_DATA_TF, pduLength, pdu.toByteArray()));
        pdu.reset();
        if (choices.oneIn(64)) {
          out.writeBytes(stray(choices));
        }
      }
    } while (from < value.length);
    return honest;
  }

  /** A PDU where none belongs. */
  private static byte[] stray(Choices choices) {
    int type = choices.oneIn(4) ? choices.octet() : 1 + choices.below(8);
    byte[] body = choices.oneIn(4) ? choices.bytes(choices.octet()) : new byte[4];
    return Wire.pdu(type, choices.length(body.length), body);
  }
}
