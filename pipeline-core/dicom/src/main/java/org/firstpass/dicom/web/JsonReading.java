package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.dataset.DataSet.Element;
import org.firstpass.dicom.dataset.TextValues;
import org.firstpass.dicom.dataset.Value;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/** DICOM JSON on its way in, token by token. Used once. */
final class JsonReading {
  private static final int DEEPEST = 64;
  private static final int MOST_ELEMENTS = 1 << 20;

  /** Members have no order, but values that come before their VR have to wait for it. */
  private static final int LONGEST_WAITING = 1 << 20;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private JsonParser json;
  private int count;

  JsonReading(JsonParser json) {
    this.json = json;
  }

  List<DataSet> all() throws IOException {
    List<DataSet> sets = new ArrayList<>();
    JsonToken first = json.nextToken();
    if (first == JsonToken.START_OBJECT) {
      sets.add(dataSet());
    } else if (first == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        sets.add(dataSet());
      }
      require(JsonToken.END_ARRAY);
    } else {
      throw malformed("expected an array of objects");
    }
    return sets;
  }

  private DataSet dataSet() throws IOException {
    var set = new DataSet();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!name.matches("[0-9A-F]{8}") || ++count > MOST_ELEMENTS) {
        throw malformed("an attribute is named by eight hexadecimal digits in upper case");
      }
      int tag = Integer.parseUnsignedInt(name, 16);
      Element element = element(tag);
      // The character set is the one of all of JSON, whatever the instance had before.
      if (tag != TextValues.SPECIFIC_CHARACTER_SET) {
        set.put(tag, element);
      }
    }
    require(JsonToken.END_OBJECT);
    return set;
  }

  private Element element(int tag) throws IOException {
    json.nextToken();
    require(JsonToken.START_OBJECT);
    Optional<Vr> vr = Optional.empty();
    Optional<String> waiting = Optional.empty();
    Optional<String> bulk = Optional.empty();
    Element element = Element.of(Vr.UN, Value.EMPTY);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "vr" -> vr = Optional.of(vr(tag));
        case "Value" -> {
          if (vr.isPresent()) {
            element = values(vr.get());
          } else {
            waiting = Optional.of(copied());
          }
        }
        case "InlineBinary" -> element = Element.of(Vr.UN, Value.of(json.getBinaryValue()));
        case "BulkDataURI" -> bulk = Optional.of(json.getText());
        default -> json.skipChildren();
      }
    }
    require(JsonToken.END_OBJECT);
    Vr stated = vr.orElseThrow(() -> malformed("an attribute without its VR"));
    if (waiting.isPresent()) {
      element = values(stated, waiting.get());
    }
    return new Element(stated, element.value(), element.items(), bulk);
  }

  /** The VR of an attribute; whether it is a sequence, its sender may not change. */
  private Vr vr(int tag) throws IOException {
    Vr vr = Vr.of(json.getText()).orElseThrow(() -> malformed("a VR that is none"));
    Vr known = Vr.inDictionary(tag);
    boolean comparable = vr != Vr.UN && known != Vr.UN;
    if (comparable && (vr == Vr.SQ) != (known == Vr.SQ)) {
      throw malformed("an attribute that is a sequence and is not");
    }
    return vr;
  }

  private String copied() throws IOException {
    var text = new StringWriter();
    try (JsonGenerator copy = FACTORY.createGenerator(text)) {
      copy.copyCurrentStructureExact(json);
    }
    if (text.getBuffer().length() > LONGEST_WAITING) {
      throw malformed("a long value before its VR");
    }
    return text.toString();
  }

  private Element values(Vr vr, String waiting) throws IOException {
    JsonParser around = json;
    try (JsonParser inner = FACTORY.createParser(waiting)) {
      json = inner;
      json.nextToken();
      return values(vr);
    } finally {
      json = around;
    }
  }

  private Element values(Vr vr) throws IOException {
    require(JsonToken.START_ARRAY);
    return vr == Vr.SQ ? Element.of(items()) : Element.of(vr, JsonValues.read(vr, json));
  }

  private List<DataSet> items() throws IOException {
    List<DataSet> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        items.add(new DataSet());
      } else {
        require(JsonToken.START_OBJECT);
        items.add(dataSet());
      }
    }
    return items;
  }

  private void require(JsonToken token) {
    if (json.currentToken() != token) {
      throw malformed("its structure is another one");
    }
  }

  static StudyRefused malformed(String what) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "no DICOM JSON: " + what);
  }
}
