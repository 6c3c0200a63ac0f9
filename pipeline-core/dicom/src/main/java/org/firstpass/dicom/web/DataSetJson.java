package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.TextValues;
import org.firstpass.dicom.dataset.Value;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/** One data set as a JSON object. Used once. */
final class DataSetJson {
  private static final int LONGEST_INLINE = 1024;
  private static final int LONGEST_VALUE = 1 << 20;
  private static final int LONGEST_IN_HEADER = 4096;
  private static final int MOST_IN_HEADER = 4096;
  private static final int FIRST_PIXEL_DATA = 0x7fe0_0008;
  private static final int LAST_PIXEL_DATA = 0x7fe0_0010;

  /**
   * How much of a data set.
   *
   * @param bulkDataUri empty: bulk data are left out
   * @param included of the attributes outside sequences, sequences among them
   * @param headerOnly whether private attributes, and what begins with the pixel data, are left out
   */
  record Extent(String bulkDataUri, IntPredicate included, boolean headerOnly) {
    static Extent all(String bulkDataUri) {
      return new Extent(bulkDataUri, tag -> true, false);
    }

    static Extent header(IntPredicate included) {
      return new Extent("", included, true);
    }
  }

  private final ElementReader in;
  private final JsonGenerator json;
  private final Extent extent;
  private final TextValues texts = new TextValues();
  private int written;

  DataSetJson(ElementReader in, JsonGenerator json, Extent extent) {
    this.in = in;
    this.json = json;
    this.extent = extent;
  }

  void write() throws IOException {
    writeItem("");
  }

  /** Writes to the end of the data set or of the item that was begun. */
  private void writeItem(String path) throws IOException {
    json.writeStartObject();
    Token token = in.next();
    while (token != Token.END && token != Token.ITEM_END) {
      if (extent.headerOnly && path.isEmpty() && in.tag() >>> 16 >= 0x7fe0) {
        break;
      }
      if (token == Token.SEQUENCE) {
        sequence(path);
      } else if (isWritten(path)) {
        element(token, path);
      }
      token = in.next();
    }
    json.writeEndObject();
  }

  private boolean isWritten(String path) {
    int tag = in.tag();
    boolean groupLength = (tag & 0xffff) == 0;
    if (tag == TextValues.SPECIFIC_CHARACTER_SET) {
      return true;
    }
    if (extent.headerOnly && (tag >>> 16) % 2 == 1) {
      return false;
    }
    return !groupLength && (!path.isEmpty() || extent.included.test(tag));
  }

  private void sequence(String path) throws IOException {
    String name = name(in.tag());
    if (!isWritten(path)) {
      skipSequence(in);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeStringField("vr", Vr.SQ.name());
    int items = 0;
    while (in.next() == Token.ITEM) {
      if (items == 0) {
        json.writeArrayFieldStart("Value");
      }
      texts.beginItem();
      writeItem(path + name + "/" + items + "/");
      texts.endItem();
      items++;
    }
    if (items > 0) {
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** Goes to the end of the sequence that just began. */
  static void skipSequence(ElementReader in) throws IOException {
    int depth = in.depth();
    Token token = in.next();
    while (token != Token.SEQUENCE_END || in.depth() >= depth) {
      token = in.next();
    }
  }

  private void element(Token token, String path) throws IOException {
    int tag = in.tag();
    Vr vr = in.vr();
    boolean pixels = tag >= FIRST_PIXEL_DATA && tag <= LAST_PIXEL_DATA;
    if (extent.headerOnly) {
      written++;
      if (written > MOST_IN_HEADER) {
        throw new StudyRefused(
            ReasonCode.MALFORMED_INSTANCE, "a header has more than " + MOST_IN_HEADER + " values");
      }
    }
    boolean bulk =
        extent.headerOnly && in.length() > LONGEST_IN_HEADER
            || token == Token.FRAGMENTS
            || pixels
            || in.length() > LONGEST_VALUE
            || vr.kind() == Vr.Kind.BINARY && in.length() > LONGEST_INLINE;
    if (bulk && extent.bulkDataUri.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name(tag));
    json.writeStringField("vr", vr.name());
    if (bulk && (token == Token.FRAGMENTS || in.length() > 0)) {
      json.writeStringField("BulkDataURI", extent.bulkDataUri + "/" + path + name(tag));
    } else if (in.length() > 0) {
      value(tag, vr);
    }
    json.writeEndObject();
  }

  private void value(int tag, Vr vr) throws IOException {
    byte[] bytes = in.value();
    switch (vr.kind()) {
      case BINARY -> {
        json.writeFieldName("InlineBinary");
        json.writeBinary(bytes);
      }
      case NUMBER, TAG -> numbers(vr, bytes, json);
      case TEXT, NATIONAL, DECIMAL -> {
        if (tag == TextValues.SPECIFIC_CHARACTER_SET) {
          texts.specificCharacterSet(bytes);
          // JSON is in UTF-8, whatever the instance is in.
          bytes = "ISO_IR 192".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }
        texts(vr, texts.decode(vr, bytes), json);
      }
      case SEQUENCE -> throw new IllegalStateException("a sequence is no value");
    }
  }

  /** A data set that is in memory, with whatever it holds. */
  static void write(DataSet dataSet, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int tag : dataSet.tags()) {
      DataSet.Element element = dataSet.element(tag);
      json.writeObjectFieldStart(name(tag));
      json.writeStringField("vr", element.vr().name());
      if (element.bulk().isPresent()) {
        json.writeStringField("BulkDataURI", element.bulk().get());
      } else if (!element.items().isEmpty()) {
        json.writeArrayFieldStart("Value");
        for (DataSet item : element.items()) {
          write(item, json);
        }
        json.writeEndArray();
      } else if (!element.value().isEmpty()) {
        value(element.vr(), element.value(), json);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void value(Vr vr, Value value, JsonGenerator json) throws IOException {
    switch (vr.kind()) {
      case TEXT, NATIONAL, DECIMAL -> texts(vr, value.texts(vr), json);
      case NUMBER, TAG -> numbers(vr, value.bytes(), json);
      case BINARY, SEQUENCE -> {
        json.writeFieldName("InlineBinary");
        json.writeBinary(value.bytes());
      }
    }
  }

  private static void numbers(Vr vr, byte[] bytes, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("Value");
    JsonNumbers.write(json, vr, bytes);
    json.writeEndArray();
  }

  private static void texts(Vr vr, List<String> values, JsonGenerator json) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("Value");
    for (String value : values) {
      if (value.isEmpty()) {
        json.writeNull();
      } else if (vr == Vr.PN) {
        personName(value, json);
      } else if (vr.kind() == Vr.Kind.DECIMAL) {
        JsonNumbers.writeDecimal(json, value);
      } else {
        json.writeString(value);
      }
    }
    json.writeEndArray();
  }

  private static void personName(String name, JsonGenerator json) throws IOException {
    String[] groups = name.split("=", 4);
    String[] members = {"Alphabetic", "Ideographic", "Phonetic"};
    json.writeStartObject();
    for (int i = 0; i < Math.min(groups.length, members.length); i++) {
      if (!groups[i].isEmpty()) {
        json.writeStringField(members[i], groups[i]);
      }
    }
    json.writeEndObject();
  }

  static String name(int tag) {
    return String.format(Locale.ROOT, "%08X", tag);
  }
}
