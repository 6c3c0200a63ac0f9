package org.firstpass.dicom.dataset;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The values of one attribute, as the bytes of an element in little endian; text in UTF-8. */
public final class Value {
  public static final Value EMPTY = new Value(new byte[0]);

  /** A double has 17 digits and an exponent; reading a million digits would take minutes. */
  private static final int LONGEST_NUMBER = 64;

  private final byte[] bytes;

  private Value(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Value of(byte[] bytes) {
    return new Value(bytes.clone());
  }

  /**
   * Values that are written as text.
   *
   * @throws IllegalArgumentException for what is no number of the VR
   */
  public static Value of(Vr vr, List<String> texts) {
    return switch (vr.kind()) {
      case NUMBER, TAG -> {
        var out = new ByteArrayOutputStream();
        texts.forEach(text -> out.writeBytes(number(vr, text)));
        yield new Value(out.toByteArray());
      }
      case TEXT, NATIONAL, DECIMAL ->
          new Value(String.join("\\", texts).getBytes(StandardCharsets.UTF_8));
      case BINARY, SEQUENCE -> throw new IllegalArgumentException(vr + " is no text");
    };
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The values without padding, of a VR that is text; none of another one. */
  public List<String> texts(Vr vr) {
    return switch (vr.kind()) {
      case TEXT, NATIONAL, DECIMAL -> texts(text(vr.singleValued()), vr);
      case NUMBER, TAG, BINARY, SEQUENCE -> List.of();
    };
  }

  private static List<String> texts(String text, Vr vr) {
    if (text.isEmpty()) {
      return List.of();
    }
    return vr.singleValued()
        ? List.of(text)
        : List.of(text.split("\\\\", -1)).stream().map(String::strip).toList();
  }

  private String text(boolean keepLeading) {
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    return keepLeading ? text.stripTrailing() : text.strip();
  }

  /**
   * The bytes of a number that is written as text.
   *
   * @throws IllegalArgumentException if it is none of the VR
   */
  public static byte[] number(Vr vr, String text) {
    if (text.length() > LONGEST_NUMBER) {
      throw new IllegalArgumentException("longer than any number of " + vr);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(vr == Vr.AT ? Integer.BYTES : vr.unit()).order(ByteOrder.LITTLE_ENDIAN);
    switch (vr) {
      case AT -> {
        int tag = Integer.parseUnsignedInt(text, 16);
        bytes.putShort((short) (tag >>> 16)).putShort((short) tag);
      }
      case FL -> bytes.putFloat((float) real(text));
      case FD -> bytes.putDouble(real(text));
      case US -> bytes.putShort((short) whole(text, 0, 0xffff));
      case SS -> bytes.putShort((short) whole(text, Short.MIN_VALUE, Short.MAX_VALUE));
      case UL -> bytes.putInt((int) whole(text, 0, 0xffff_ffffL));
      case SL -> bytes.putInt((int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case SV -> bytes.putLong(whole(text, Long.MIN_VALUE, Long.MAX_VALUE));
      case UV -> bytes.putLong(unsigned(text));
      default -> throw new IllegalStateException(vr + " is no number");
    }
    return bytes.array();
  }

  private static double real(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static long unsigned(String text) {
    var value = new BigInteger(text);
    if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
      throw new IllegalArgumentException("outside its VR");
    }
    return value.longValue();
  }

  private static long whole(String text, long lowest, long highest) {
    try {
      long value = new BigDecimal(text).longValueExact();
      if (value >= lowest && value <= highest) {
        return value;
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("no whole number of its VR", e);
    }
    throw new IllegalArgumentException("outside its VR");
  }
}
