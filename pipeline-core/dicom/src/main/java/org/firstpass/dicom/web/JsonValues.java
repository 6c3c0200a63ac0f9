package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dicom.dataset.Value;
import org.firstpass.dicom.dataset.Vr;

/** The values of one attribute in DICOM JSON. */
final class JsonValues {
  private static final int LONGEST_DECIMAL = 16;
  private static final int LONGEST_WHOLE = 12;

  private JsonValues() {}

  /**
   * Reads to the end of the array of values.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE for what is no value of the VR
   */
  static Value read(Vr vr, JsonParser json) throws IOException {
    return switch (vr.kind()) {
      case NUMBER, TAG -> numbers(vr, json);
      case TEXT, NATIONAL, DECIMAL -> texts(vr, json);
      case BINARY, SEQUENCE -> throw JsonReading.malformed("binary values in a Value");
    };
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
            default -> throw JsonReading.malformed("a value of another type than its VR's");
          });
    }
    return Value.of(vr, values);
  }

  private static String name(Vr vr, JsonParser json) throws IOException {
    if (vr != Vr.PN) {
      throw JsonReading.malformed("a name where none may be");
    }
    Map<String, String> groups = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String group = json.currentName();
      if (!json.nextToken().isScalarValue()) {
        throw JsonReading.malformed("a group of a name that is no text");
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
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      // JSON bounds no exponent, a BigDecimal does.
      throw JsonReading.malformed("a number that its VR has no room for");
    }
    for (int digits = LONGEST_DECIMAL; digits > 0; digits--) {
      String rounded = number.round(new MathContext(digits)).toString();
      if (rounded.length() <= longest && vr == Vr.DS) {
        return rounded;
      }
    }
    throw JsonReading.malformed("a number that its VR has no room for");
  }

  private static Value numbers(Vr vr, JsonParser json) throws IOException {
    var out = new ByteArrayOutputStream();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      try {
        out.writeBytes(Value.number(vr, json.getText()));
      } catch (IllegalArgumentException e) {
        throw JsonReading.malformed("a number that is none of its VR");
      }
    }
    return Value.of(out.toByteArray());
  }
}
