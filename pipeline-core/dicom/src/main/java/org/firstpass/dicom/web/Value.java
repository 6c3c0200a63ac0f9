package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dicom.dataset.Vr;

/** The values of one attribute of DICOM JSON, as the bytes of an element in little endian. */
final class Value {
  private static final int LONGEST_DECIMAL = 16;
  private static final int LONGEST_WHOLE = 12;

  private final byte[] bytes;

  private Value(byte[] bytes) {
    this.bytes = bytes;
  }

  static Value of(byte[] bytes) {
    return new Value(bytes.clone());
  }

  /**
   * Reads to the end of the array of values.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE for what is no value of the VR
   */
  static Value read(Vr vr, JsonParser json) throws IOException {
    return switch (vr.kind()) {
      case NUMBER, TAG -> numbers(vr, json);
      case TEXT, NATIONAL, DECIMAL -> texts(vr, json);
      case BINARY, SEQUENCE -> throw JsonDataSet.malformed("binary values in a Value");
    };
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes as text without padding. */
  String text() {
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  private static Value texts(Vr vr, JsonParser json) throws IOException {
    List<String> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(
          switch (json.currentToken()) {
            case VALUE_NULL -> "";
            case START_OBJECT -> name(vr, json);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> decimal(vr, json.getText());
            case VALUE_STRING -> json.getText();
            default -> throw JsonDataSet.malformed("a value of another type than its VR's");
          });
    }
    return new Value(String.join("\\", values).getBytes(StandardCharsets.UTF_8));
  }

  private static String name(Vr vr, JsonParser json) throws IOException {
    if (vr != Vr.PN) {
      throw JsonDataSet.malformed("a name where none may be");
    }
    Map<String, String> groups = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String group = json.currentName();
      if (!json.nextToken().isScalarValue()) {
        throw JsonDataSet.malformed("a group of a name that is no text");
      }
      groups.put(group, json.getText());
    }
    String name =
        groups.getOrDefault("Alphabetic", "")
            + "="
            + groups.getOrDefault("Ideographic", "")
            + "="
            + groups.getOrDefault("Phonetic", "");
    return name.replaceAll("=+$", "");
  }

  /** The number in as many characters as its VR allows. */
  private static String decimal(Vr vr, String text) {
    int longest = vr == Vr.IS ? LONGEST_WHOLE : LONGEST_DECIMAL;
    if (vr.kind() != Vr.Kind.DECIMAL || text.length() <= longest) {
      return text;
    }
    var number = new BigDecimal(text);
    for (int digits = LONGEST_DECIMAL; digits > 0; digits--) {
      String rounded = number.round(new MathContext(digits)).toString();
      if (rounded.length() <= longest && vr == Vr.DS) {
        return rounded;
      }
    }
    throw JsonDataSet.malformed("a number that its VR has no room for");
  }

  private static Value numbers(Vr vr, JsonParser json) throws IOException {
    var out = new ByteArrayOutputStream();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      try {
        out.writeBytes(number(vr, json.getText()));
      } catch (NumberFormatException | ArithmeticException e) {
        throw JsonDataSet.malformed("a number that is none of its VR");
      }
    }
    return new Value(out.toByteArray());
  }

  private static byte[] number(Vr vr, String text) {
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
      case UV -> bytes.putLong(new BigInteger(text).longValue());
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

  private static long whole(String text, long lowest, long highest) {
    long value = new BigDecimal(text).longValueExact();
    if (value < lowest || value > highest) {
      throw new NumberFormatException("outside its VR");
    }
    return value;
  }
}
