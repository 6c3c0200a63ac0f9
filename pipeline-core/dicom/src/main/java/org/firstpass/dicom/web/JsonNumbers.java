package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.regex.Pattern;
import org.firstpass.dicom.dataset.Vr;

/**
 * Numbers as JSON numbers; what JSON has no number for as a string.
 *
 * @see "PS3.18 F.2.3"
 */
final class JsonNumbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][+-]?[0-9]{1,2})?");
  private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(Long.SIZE);

  private JsonNumbers() {}

  /** The values of an element of binary numbers or tags, in little endian. */
  static void write(JsonGenerator json, Vr vr, byte[] bytes) throws IOException {
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int size = vr == Vr.AT ? Integer.BYTES : vr.unit();
    while (values.remaining() >= size) {
      switch (vr) {
        case US -> json.writeNumber(Short.toUnsignedInt(values.getShort()));
        case SS -> json.writeNumber(values.getShort());
        case UL -> json.writeNumber(Integer.toUnsignedLong(values.getInt()));
        case SL -> json.writeNumber(values.getInt());
        case FL -> {
          float value = values.getFloat();
          if (Float.isFinite(value)) {
            json.writeNumber(value);
          } else {
            json.writeString(nameOf(value));
          }
        }
        case FD -> {
          double value = values.getDouble();
          if (Double.isFinite(value)) {
            json.writeNumber(value);
          } else {
            json.writeString(nameOf(value));
          }
        }
        case SV -> json.writeNumber(values.getLong());
        case UV -> json.writeNumber(unsigned(values.getLong()));
        case AT -> json.writeString(tag(values));
        default -> throw new IllegalStateException(vr + " is no number");
      }
    }
  }

  /** A number that was written with characters; as it is if it is none. */
  static void writeDecimal(JsonGenerator json, String text) throws IOException {
    if (DECIMAL.matcher(text).matches()) {
      json.writeNumber(new BigDecimal(text));
    } else {
      json.writeString(text);
    }
  }

  private static String nameOf(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
  }

  private static BigInteger unsigned(long value) {
    BigInteger signed = BigInteger.valueOf(value);
    return value < 0 ? signed.add(UNSIGNED) : signed;
  }

  private static String tag(ByteBuffer values) {
    int group = Short.toUnsignedInt(values.getShort());
    return String.format(Locale.ROOT, "%04X%04X", group, Short.toUnsignedInt(values.getShort()));
  }
}
